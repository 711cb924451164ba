//! What a person may set, as plain values. The defaults stand here; `config` reads a file over them.
//! Nothing here knows a file, an environment or who uses a value.

use std::collections::BTreeMap;

use crate::domain::remind;

/// A program and its arguments, started as it stands, never by a shell.
pub type Command = Vec<String>;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // switches, each by itself
pub struct Settings {
    /// Speaking cues.
    pub speech: Tool,
    /// Ringing the terminal's bell.
    pub bell: bool,
    /// A notification by the terminal (OSC 9) while nobody looks at it.
    pub notify: bool,
    /// Keeping the machine from blanking and sleeping while a session runs.
    pub awake: Tool,
    /// Commands by the name of an event, or under [`ANY_EVENT`].
    pub hooks: BTreeMap<String, Command>,
    /// How breathing in and out is told to the ear.
    pub breath_cues: BreathCues,
    /// Nothing on the screen moves but the digits.
    pub reduced_motion: bool,
    /// Whether the screen flashes between phases.
    pub flash: bool,
    /// Words of the log that are not offered, of those that can be left out.
    pub hide_words: Vec<String>,
    /// Slugs that no list, search or suggestion has.
    pub hide: Vec<String>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The colours.
    pub theme: Palette,
    /// The signs to draw with.
    pub glyphs: Signs,
    /// When `unkink remind` calls a break, and what it offers.
    pub remind: remind::Wish,
}

/// Makes [`Palette`] of a list: its name in the settings file, and what it is like in a few words.
macro_rules! palettes {
    (#[default] $first:ident $first_name:literal $first_words:literal
        $($more:ident $name:literal $words:literal)*) => {
        /// Colours to draw in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum Palette {
            #[default]
            #[doc = $first_words]
            $first,
            $(#[doc = $words] $more,)*
        }

        impl Palette {
            /// Every palette, the default first.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$more,)*];

            /// What the setting is about, in a line for people.
            pub const ABOUT: &str = concat!("colours: ", $first_name, $(", ", $name,)*);

            /// Its name in the settings file.
            pub fn name(self) -> &'static str {
                match self {
                    Self::$first => $first_name,
                    $(Self::$more => $name,)*
                }
            }

            /// What it is like, in a few words.
            pub fn words(self) -> &'static str {
                match self {
                    Self::$first => $first_words,
                    $(Self::$more => $words,)*
                }
            }
        }
    };
}

palettes! {
    #[default]
    Terminal "terminal" "the terminal's own colours"
    HighContrast "high-contrast" "at least 7:1 everywhere, in blue and orange on black"
}

/// Signs to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signs {
    /// What the terminal and the locale allow.
    #[default]
    Auto,
    /// Nothing beyond ASCII.
    Ascii,
    /// Braille and box drawing.
    Unicode,
}

impl Signs {
    /// Every choice, the default first.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Ascii, Self::Unicode];

    /// Its name in the settings file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ascii => "ascii",
            Self::Unicode => "unicode",
        }
    }
}

/// Something that an installed program does for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Whether it is wanted.
    pub on: bool,
    /// The program to use; `None`: one that is found by itself.
    pub command: Option<Command>,
}

/// How breathing in and out is told to the ear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BreathCues {
    /// Not at all.
    #[default]
    Off,
    /// Spoken: 'in', 'out'.
    Voice,
    /// By the bell: once for in, twice for out.
    Bell,
}

/// The hook with this name is started for every event.
pub const ANY_EVENT: &str = "any";

impl Default for Tool {
    fn default() -> Self {
        Self {
            on: true,
            command: None,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            speech: Tool::default(),
            bell: true,
            notify: true,
            awake: Tool::default(),
            hooks: BTreeMap::new(),
            breath_cues: BreathCues::Off,
            reduced_motion: false,
            flash: true,
            hide_words: Vec::new(),
            hide: Vec::new(),
            mouse: true,
            theme: Palette::Terminal,
            glyphs: Signs::Auto,
            remind: remind::Wish::default(),
        }
    }
}

impl BreathCues {
    /// Every way, the default first.
    pub const ALL: [Self; 3] = [Self::Off, Self::Voice, Self::Bell];

    /// Its name in the settings file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Voice => "voice",
            Self::Bell => "bell",
        }
    }
}
