//! `rightslint schema`: the JSON Schemas of what is written for and by this program.

use super::args::{SchemaArguments, SchemaName};
use super::{CommandError, Outcome, Terminal};

const CONFIG: &str = include_str!("../../schemas/config.json");
const RULES: &str = include_str!("../../schemas/rules.json");
const REPORT: &str = include_str!("../../schemas/report.json");

pub(super) fn run(arguments: &SchemaArguments, terminal: &mut Terminal<'_>) -> Result<Outcome, CommandError> {
    let schema = match arguments.name {
        SchemaName::Config => CONFIG,
        SchemaName::Rules => RULES,
        SchemaName::Report => REPORT,
    };
    terminal.out.write_all(schema.as_bytes())?;
    Ok(Outcome::Clean)
}
