//! An import of a table with a header: an export of this program, or a diary from anywhere.

use std::collections::HashMap;
use std::fs::File;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::value::RawValue;

use super::bounded::{Bounded, Numbers};
use super::entries::{Intake, Spot, Trouble};
use super::rows::Rows;
use super::{Input, LISTED, Refused, input_failed};
use crate::domain::id::Id;
use crate::domain::record::change::{field_named, moment};
use crate::domain::record::{FIELDS, Fields, Of, of};
use crate::domain::vocabulary::nearest;
use crate::journal::cells::{self, Cell, MORE, REC, unguarded};
use crate::journal::device;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Rec,
    More,
    Field(&'static str),
    /// The day of `started_at`.
    Date,
    /// The time of day of `started_at`.
    Time,
    /// Kept out.
    Unknown,
}

/// Takes all rows in. Up to five mistakes are told at once.
pub fn go_through(file: &File, input: &Input<'_>, intake: &mut Intake<'_>) -> Result<(), Refused> {
    let delimiter = delimiter(file).map_err(|error| input_failed(&error))?;
    let (reader, count) = Bounded::new(file).map_err(|error| input_failed(&error))?;
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(reader);
    let mut numbers = Numbers::of(file).map_err(|error| input_failed(&error))?;
    let mut line_of = |row: &ByteRecord| {
        let line = numbers.line(row.position().map_or(0, csv::Position::byte));
        line.map_err(|error| input_failed(&error))
    };
    let mut row = ByteRecord::new();
    if !rows
        .read_byte_record(&mut row)
        .map_err(|error| told(&error))?
    {
        return Ok(());
    }
    let table = Table::of(&row, line_of(&row)?, input, intake)?;
    // Our own tables end in a line feed; without it the last cell may be a part of what it was.
    let is_own = table.columns.contains(&Column::More);
    if is_own && !ends_a_line(file).map_err(|error| input_failed(&error))? {
        return Err(Refused::because("the last line is cut off"));
    }
    let mut mistakes = Vec::new();
    let mut met = Rows::default();
    loop {
        count.ended();
        if !rows
            .read_byte_record(&mut row)
            .map_err(|error| told(&error))?
        {
            break;
        }
        let line = line_of(&row)?;
        match table.take(&row, line, input, intake, &mut met) {
            Ok(()) => {}
            Err(Trouble::Disk(failure)) => return Err(Refused::Disk(failure)),
            Err(Trouble::Input(why)) => mistakes.push(why),
        }
        if mistakes.len() >= LISTED {
            break;
        }
    }
    if count.quotes() % 2 == 1 && mistakes.len() < LISTED {
        mistakes.push(
            "the quotation marks do not pair up: the file is cut off, or a cell that holds one is not quoted"
                .to_owned(),
        );
    }
    if mistakes.is_empty() {
        intake.note_last(met.notes());
        Ok(())
    } else {
        Err(Refused::Input(mistakes))
    }
}

fn told(error: &csv::Error) -> Refused {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Refused::because(format!("{error}: a quotation mark may not be closed"))
        }
        csv::ErrorKind::Io(error) => input_failed(error),
        _ => Refused::because(error.to_string()),
    }
}

/// The one of comma, semicolon and tab that parts most cells of the first line.
fn delimiter(file: &File) -> std::io::Result<u8> {
    use std::io::Read;

    let (reader, _) = Bounded::new(file)?;
    let mut head = Vec::new();
    reader.take(1 << 16).read_to_end(&mut head)?;
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let mut lines = head.split(is_break).skip_while(|line| line.is_empty());
    let line = lines.next().unwrap_or(&[]);
    let count = |delimiter: u8| line.split(|&byte| byte == delimiter).count();
    // Of equals the last counts: the comma.
    let most = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|&byte| count(byte));
    Ok(most.unwrap_or(b','))
}

fn ends_a_line(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::FileExt;

    let size = file.metadata()?.len();
    let mut last = [0];
    file.read_exact_at(&mut last, size.saturating_sub(1))?;
    Ok(last == *b"\n")
}

struct Table {
    columns: Vec<Column>,
    names: Vec<String>,
    /// Without a column for it, the kind follows from the values.
    has_kind: bool,
}

impl Table {
    fn of(
        header: &ByteRecord,
        line: u64,
        input: &Input<'_>,
        intake: &mut Intake<'_>,
    ) -> Result<Self, Refused> {
        let names: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        for (column, field) in input.columns {
            if !names.contains(column) {
                return Err(Refused::because(format!("there is no column '{column}'")));
            }
            if !field.is_empty() && column_named(field) == Column::Unknown {
                return Err(Refused::because(unknown("field", field)));
            }
        }
        let meant = |name: &String| {
            let named = input.columns.iter().find(|(column, _)| column == name);
            column_named(named.map_or(name, |(_, field)| field))
        };
        let columns: Vec<Column> = names.iter().map(meant).collect();
        let table = Self {
            has_kind: columns.contains(&Column::Field("kind")),
            columns,
            names,
        };
        table.check(line)?;
        for (name, column) in table.names.iter().zip(&table.columns) {
            let is_asked = input.columns.iter().any(|(known, _)| known == name);
            if *column == Column::Unknown && !is_asked {
                intake.note(format!("{}; kept out", unknown("column", name)));
                intake.keep_out(name);
            }
        }
        Ok(table)
    }

    fn check(&self, line: u64) -> Result<(), Refused> {
        for (at, (name, column)) in self.names.iter().zip(&self.columns).enumerate() {
            if *column == Column::Unknown {
                continue;
            }
            let first = self.columns[..at].iter().position(|known| known == column);
            if let Some(first) = first.and_then(|first| self.names.get(first)) {
                return Err(Refused::because(format!(
                    "line {line}: the columns '{first}' and '{name}' mean the same"
                )));
            }
        }
        let has = |column| self.columns.contains(&column);
        if !has(Column::Rec) && !has(Column::Field("started_at")) && !has(Column::Date) {
            return Err(Refused::because(format!(
                "line {line}: no column 'started_at' or 'date' says when; the columns are {}",
                self.names.join(", ")
            )));
        }
        if has(Column::Time) && !has(Column::Date) {
            return Err(Refused::because(format!(
                "line {line}: 'time' needs a column 'date'"
            )));
        }
        if has(Column::Date) && has(Column::Field("started_at")) {
            return Err(Refused::because(format!(
                "line {line}: 'date' and 'started_at' both say when"
            )));
        }
        Ok(())
    }

    fn take(
        &self,
        row: &ByteRecord,
        line: u64,
        input: &Input<'_>,
        intake: &mut Intake<'_>,
        met: &mut Rows,
    ) -> Result<(), Trouble> {
        let at = |why: String| Trouble::Input(format!("line {line}: {why}"));
        if row.len() != self.columns.len() {
            return Err(at(format!(
                "{} cells, where the header has {}",
                row.len(),
                self.columns.len()
            )));
        }
        let texts: Vec<&str> = row
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                let text = std::str::from_utf8(cell);
                text.map(unguarded)
                    .map_err(|_| at(format!("column '{}': not UTF-8", self.names[column])))
            })
            .collect::<Result<_, _>>()?;
        let rec = self.cell(&texts, Column::Rec).filter(|rec| !rec.is_empty());
        let mut fields = self.fields(&texts, line, input, intake)?;
        let rec = if let Some(rec) = rec {
            Id::new(rec)
        } else {
            if fields.get("started_at").is_none() {
                return Err(at("nothing says when".to_owned()));
            }
            if !fields
                .iter()
                .any(|(name, _)| !matches!(name, "kind" | "started_at"))
            {
                return Err(at("nothing is said but when".to_owned()));
            }
            if self.is_day_alone(&texts) {
                met.at_noon.meet(line);
            }
            if let Some(at) = moment(&fields, "started_at") {
                met.look_ahead(at, intake.at(), line);
            }
            self.rec_of(&texts, &mut met.copies)
        };
        if !self.has_kind {
            let kind = kind_of(&fields);
            fields.put("kind", kind);
        }
        let spot = Spot {
            noun: "line",
            number: line,
        };
        intake.take(rec, &fields, spot)
    }

    fn cell<'t>(&self, texts: &[&'t str], column: Column) -> Option<&'t str> {
        let at = self.columns.iter().position(|known| *known == column)?;
        Some(texts[at])
    }

    /// Whether no time of day says when.
    fn is_day_alone(&self, texts: &[&str]) -> bool {
        let cells = [Column::Date, Column::Time, Column::Field("started_at")];
        let mut cells = cells.into_iter().filter_map(|cell| self.cell(texts, cell));
        !cells.any(|text| text.contains(':'))
    }

    fn fields(
        &self,
        texts: &[&str],
        line: u64,
        input: &Input<'_>,
        intake: &mut Intake<'_>,
    ) -> Result<Fields, Trouble> {
        let mut fields = Fields::default();
        let told = |name: &str, why: String| {
            Trouble::Input(format!("line {line}, column '{name}': {why}"))
        };
        let mut put = |name: &'static str, column: &str, text: &str| {
            let Cell { value, note } =
                cells::decode(name, text, &input.reading).map_err(|why| told(column, why))?;
            if let Some(note) = note {
                intake.note(format!("line {line}: {note}"));
            }
            if let Some(value) = value {
                fields.put_raw(name, value);
            }
            Ok(())
        };
        for ((column, name), text) in self.columns.iter().zip(&self.names).zip(texts) {
            match column {
                Column::Field(field) => put(field, name, text)?,
                Column::Date => {
                    let time = self.cell(texts, Column::Time).unwrap_or_default().trim();
                    let moment = format!("{} {time}", text.trim());
                    put("started_at", name, moment.trim())?;
                }
                Column::Rec | Column::More | Column::Time | Column::Unknown => {}
            }
        }
        if let Some(more) = self.cell(texts, Column::More) {
            let more = cells::decode_more(more).map_err(|why| told(MORE, why))?;
            put_more(&mut fields, more).map_err(|why| told(MORE, why))?;
        }
        Ok(fields)
    }

    /// The id of a row that has none: the same for the same row in every import of it; equal rows of one table are told
    /// apart by their number.
    fn rec_of(&self, texts: &[&str], copies: &mut HashMap<[u8; 16], u32>) -> Id {
        let mut parts: Vec<&[u8]> = Vec::new();
        for (column, text) in self.columns.iter().zip(texts) {
            let name = match column {
                Column::Field(name) => name,
                Column::Date => "date",
                Column::Time => "time",
                Column::More => MORE,
                Column::Rec | Column::Unknown => continue,
            };
            if !text.is_empty() {
                parts.extend([name.as_bytes(), text.as_bytes()]);
            }
        }
        let first = device::hash(&parts).to_be_bytes();
        let copy = copies.entry(first).or_default();
        *copy += 1;
        let number = copy.to_string();
        parts.push(number.as_bytes());
        let mut bytes = device::hash(&parts).to_be_bytes();
        // A UUID of one's own making.
        bytes[6] = 0x80 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Id::from_bytes(bytes)
    }
}

fn put_more(fields: &mut Fields, more: Vec<(String, Box<RawValue>)>) -> Result<(), String> {
    for (name, value) in more {
        if fields.get(&name).is_some() {
            return Err(format!("'{name}' has a cell of its own"));
        }
        fields.put_raw(&name, value);
    }
    Ok(())
}

/// What the values speak of.
fn kind_of(fields: &Fields) -> &'static str {
    let has = |kinds: Of| {
        FIELDS
            .iter()
            .any(|name| of(name) == kinds && fields.get(name).is_some())
    };
    if has(Of::Questionnaires) {
        "questionnaire"
    } else if has(Of::Sessions) {
        "session"
    } else {
        "check-in"
    }
}

fn column_named(name: &str) -> Column {
    let key = name.trim().to_lowercase().replace([' ', '-'], "_");
    match key.as_str() {
        REC => Column::Rec,
        MORE => Column::More,
        "date" => Column::Date,
        "time" => Column::Time,
        "datetime" | "timestamp" | "when" => Column::Field("started_at"),
        "notes" | "comment" | "comments" => Column::Field("note"),
        _ => field_named(&key).map_or(Column::Unknown, Column::Field),
    }
}

fn unknown(what: &str, name: &str) -> String {
    let known = FIELDS.into_iter().chain(["date", "time", REC]);
    match nearest(name, known) {
        Some(near) => format!("unknown {what} '{name}': did you mean '{near}'?"),
        None => format!("unknown {what} '{name}'"),
    }
}
