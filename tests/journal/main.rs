//! The journal's promises, tried from outside on real files.

mod home;
mod store;
mod way;
