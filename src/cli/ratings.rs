//! The options that rate: one for each scale that an entry may have, made from the table of scales.

use clap::error::Error;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};

use super::args::Rating;
use crate::domain::record::ScaleField;

/// What was typed of these scales: of those that a check-in may say besides pain and stress, `EXTRA`, or of the others.
#[derive(Debug)]
pub struct Ratings<const EXTRA: bool>(Vec<(ScaleField, Rating)>);

impl<const EXTRA: bool> Ratings<EXTRA> {
    /// Those that were given, in the order of the table.
    pub fn given(&self) -> impl Iterator<Item = (ScaleField, Rating)> {
        self.0.iter().copied()
    }

    fn fields() -> impl Iterator<Item = ScaleField> {
        let all = ScaleField::ALL.into_iter();
        all.filter(|field| field.is_extra() == EXTRA)
    }
}

impl<const EXTRA: bool> Args for Ratings<EXTRA> {
    fn augment_args(command: Command) -> Command {
        command.args(Self::fields().map(|field| {
            Arg::new(field.name())
                .long(field.option())
                .value_name("N")
                .value_parser(value_parser!(Rating))
                .allow_negative_numbers(true)
                .help(field.help())
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const EXTRA: bool> FromArgMatches for Ratings<EXTRA> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |field: ScaleField| Some((field, *matches.get_one(field.name())?));
        Ok(Self(Self::fields().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
