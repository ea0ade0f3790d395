//! The tokens of RTF: groups, control words, and the bytes between them.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name` or `\name-12`
    Word(&'b str, Option<i32>),
    /// `\` and a character that is no letter.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    /// Text in some encoding; line ends are none of it.
    Text(&'b [u8]),
}

/// The tokens of a file, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'b> {
    rest: &'b [u8],
}

/// A longer name is cut: no control word is as long.
const LONGEST_NAME: usize = 32;

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Tokens<'b> {
        Tokens { rest: bytes }
    }

    /// Passes over `count` bytes, which hold a picture or the like.
    fn pass(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        if first == b'\'' {
            let digits = self.rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.pass(if byte.is_some() { 3 } else { 1 });
            return Some(byte.map_or(Token::Text(&[]), Token::Hex));
        }
        self.pass(1);
        Some(Token::Symbol(first))
    }

    fn word(&mut self) -> Token<'b> {
        let letters =
            self.rest.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name =
            self.rest.get(..letters).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        self.pass(letters);
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mut parameter = None;
        if digits > 0 {
            let number = self.rest.get(..sign + digits).and_then(|number| std::str::from_utf8(number).ok());
            parameter = number.and_then(|number| number.parse().ok());
            self.pass(sign + digits);
        }
        if self.rest.first() == Some(&b' ') {
            self.pass(1);
        }
        if name == "bin" {
            self.pass(usize::try_from(parameter.unwrap_or(0)).unwrap_or(0));
        }
        Token::Word(name, parameter)
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            match *self.rest.first()? {
                b'\r' | b'\n' | 0 => self.pass(1),
                b'{' => {
                    self.pass(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.pass(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.pass(1);
                    return self.control();
                }
                _ => break,
            }
        }
        let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
        let length = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(Token::Text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rtf: &[u8], expected: &[Token<'_>]) {
        assert_eq!(Tokens::new(rtf).collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(rtf));
    }

    #[test]
    fn tokens() {
        use Token::{Close, Hex, Open, Symbol, Text, Word};
        check(
            b"{\\rtf1 a\\par\r\nb}",
            &[Open, Word("rtf", Some(1)), Text(b"a"), Word("par", None), Text(b"b"), Close],
        );
        check(
            b"\\u-10 ?\\'E9\\~\\*",
            &[Word("u", Some(-10)), Text(b"?"), Hex(0xe9), Symbol(b'~'), Symbol(b'*')],
        );
        check(b"\\bin3 {}{x\\'zz", &[Word("bin", Some(3)), Text(b"x"), Text(b""), Text(b"zz")]);
        check(b"\\b-x\\", &[Word("b", None), Text(b"-x")]);
        check(b"\\fs99999999999 ", &[Word("fs", None), Text(b"9 ")]);
    }
}
