//! (see the module's own file)
