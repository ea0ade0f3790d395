//! A day of the calendar, as a suppression names its last one.

use std::fmt;

/// A day, such as `2027-06-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2027-06-30`; `None` for any other form and for days that there are not.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let part = parts.next()?;
            let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let is_day = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
        (is_day && parts.next().is_none()).then_some(Date { year, month: month as u8, day: day as u8 })
    }

    /// The day that many seconds after the beginning of 1970, in universal time.
    pub fn of_seconds(seconds: u64) -> Date {
        let (mut left, mut year) = (seconds / 86_400, 1970);
        let length = |year| if is_leap(year) { 366 } else { 365 };
        while left >= length(year) && year < 9999 {
            left -= length(year);
            year += 1;
        }
        let mut month = 1;
        while month < 12 && left >= u64::from(days(year, month)) {
            left -= u64::from(days(year, month));
            month += 1;
        }
        Date { year, month: month as u8, day: left.min(30) as u8 + 1 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days(year: u16, month: u16) -> u16 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_there_are() {
        let check = |text: &str, is_day: bool| {
            let date = Date::parse(text);
            assert_eq!(date.map(|date| date.to_string()).as_deref(), is_day.then_some(text), "{text}");
        };
        for day in ["2027-06-30", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            check(day, true);
        }
        for day in ["2027-06-31", "2027-02-29", "1900-02-29", "2027-13-01", "2027-00-10", "2027-01-00"] {
            check(day, false);
        }
        for day in
            ["", "2027", "2027-6-30", "27-06-30", "2027-06-30-", "2027-06-30T00", "2027/06/30", "+027-06-30"]
        {
            check(day, false);
        }
    }

    #[test]
    fn days_of_the_clock() {
        let check = |seconds, expected: &str| assert_eq!(Date::of_seconds(seconds).to_string(), expected);
        check(0, "1970-01-01");
        check(951_782_400, "2000-02-29");
        check(1_798_761_599, "2026-12-31");
        check(1_798_761_600, "2027-01-01");
        check(u64::MAX, "9999-12-31");
    }

    #[test]
    fn days_come_in_order() {
        let days =
            ["2026-12-31", "2027-01-01", "2027-01-02", "2027-02-01"].map(|day| Date::parse(day).unwrap());
        assert!(days.is_sorted());
    }
}
