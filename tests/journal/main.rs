//! The journal's promises, tried from outside on real files.

mod faults;
mod faulty;
mod home;
mod store;
mod way;
