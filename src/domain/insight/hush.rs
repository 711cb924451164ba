//! When no statistic is shown at all: while a sign is open that bars or locks, its safety text stands there instead
//! (G.6 of the facts).

use crate::domain::profile::Profile;
use crate::domain::safety::{ClinicianSign, EmergencySign, Safety};

/// What stands in the place of trends and changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Hush<'a> {
    /// These emergency signs are open (C.1).
    Emergency(Vec<&'a EmergencySign>),
    /// These signs for a clinician are open and lock (C.2): not U7, U11, U15 and U17.
    Clinician(Vec<&'a ClinicianSign>),
    /// The answers can't be read: one of these may stand there.
    Unreadable,
}

/// Whether something keeps the statistics silent.
pub fn hush<'a>(safety: &'a Safety, profile: &Profile) -> Option<Hush<'a>> {
    let signs = safety.emergency.signs.iter();
    let emergency: Vec<_> = signs.filter(|sign| profile.is_open(sign.id)).collect();
    if !emergency.is_empty() {
        return Some(Hush::Emergency(emergency));
    }
    let signs = safety.clinician.signs.iter().filter(|sign| sign.locks);
    let clinician: Vec<_> = signs.filter(|sign| profile.is_open(sign.id)).collect();
    if !clinician.is_empty() {
        return Some(Hush::Clinician(clinician));
    }
    profile.unreadable.is_some().then_some(Hush::Unreadable)
}
