//! The PEG questionnaire: three questions about the past week, a digit each. One that is skipped leaves no score (F.6).

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::domain::scale::Scale;

/// The questionnaire on the screen.
#[derive(Debug, Clone, Default)]
pub struct PegForm {
    /// The question that the next digit answers, 0 to 2.
    pub asked: usize,
    /// Answers so far.
    pub answers: [Option<Scale>; 3],
}

impl PegForm {
    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Rate(value) => {
                self.answers[self.asked] = Scale::new(value);
                return self.go_on();
            }
            Action::Enter => return self.go_on(),
            Action::NextField => self.asked = (self.asked + 1).min(2),
            Action::PreviousField => self.asked = self.asked.saturating_sub(1),
            Action::Clear => self.answers[self.asked] = None,
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// The question at this place is asked.
    pub fn press(&mut self, place: usize) -> Reply {
        self.asked = place.min(2);
        Reply::Stay
    }

    /// A number of the scale at this place was pressed. What is not answered yet comes next, in whichever order they were.
    pub fn rate(&mut self, place: usize, value: u8) -> Reply {
        if let Some(answer) = self.answers.get_mut(place) {
            *answer = Scale::new(value);
        }
        match self.answers.iter().position(Option::is_none) {
            Some(place) => self.press(place),
            None => Reply::Done(Answer::Peg(self.answers)),
        }
    }

    /// To the next question, and after the last one it is done.
    fn go_on(&mut self) -> Reply {
        if self.asked < 2 {
            self.asked += 1;
            return Reply::Stay;
        }
        Reply::Done(Answer::Peg(self.answers))
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    fn done(actions: &[Action]) -> Option<[Option<u8>; 3]> {
        let mut form = PegForm::default();
        let mut last = Reply::Stay;
        for action in actions {
            assert!(matches!(last, Reply::Stay), "{action:?} came too late");
            last = form.act(*action);
        }
        match last {
            Reply::Done(Answer::Peg(answers)) => Some(answers.map(|answer| answer.map(Scale::get))),
            _ => None,
        }
    }

    #[test]
    fn three_digits_answer_it() {
        let digits = [Action::Rate(4), Action::Rate(10), Action::Rate(0)];
        assert_eq!(done(&digits), Some([Some(4), Some(10), Some(0)]));
    }

    #[test]
    fn a_question_can_be_skipped_and_gone_back_to() {
        let skipped = [Action::Rate(4), Action::Enter, Action::Rate(2)];
        assert_eq!(done(&skipped), Some([Some(4), None, Some(2)]));
        let back = [
            Action::Enter,
            Action::PreviousField,
            Action::Rate(3),
            Action::Rate(5),
            Action::Rate(6),
        ];
        assert_eq!(done(&back), Some([Some(3), Some(5), Some(6)]));
    }

    #[test]
    fn leaving_it_answers_nothing() {
        let mut form = PegForm::default();
        form.act(Action::Rate(4));
        assert!(matches!(form.act(Action::Back), Reply::Close));
    }
}
