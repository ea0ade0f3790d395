//! The JSON Schemas say what is written: every key that is read stands in them, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::cli::Place;
use crate::layers::root;

fn schema(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("schemas").join(name)).unwrap()).unwrap()
}

/// The schema, but what it does not name is wrong: readers must ignore new fields, writers must tell of them.
fn strict(mut schema: Value) -> Value {
    fn close(value: &mut Value) {
        match value {
            Value::Object(map) => {
                if map.get("properties").is_some_and(Value::is_object) && map.contains_key("type") {
                    map.insert("additionalProperties".to_owned(), Value::Bool(false));
                }
                map.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    close(&mut schema);
    schema
}

fn assert_valid(schema: &Value, instance: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn from_toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_command_prints_what_is_in_the_repository() {
    for name in ["config", "rules", "report"] {
        let ran = Place::with(&[]).run(&["schema", name]);
        let file = fs::read_to_string(root().join(format!("schemas/{name}.json"))).unwrap();
        assert_eq!((ran.code, ran.out), (0, file), "{name}");
        jsonschema::meta::validate(&schema(&format!("{name}.json"))).unwrap();
    }
}

#[test]
fn reports_are_valid() {
    let schema = strict(schema("report.json"));
    for arguments in [
        &["fixtures/bills", "fixtures/formats"][..],
        &["fixtures/bills/secure-networks-bill.txt", "--strengths", "--select", "R8"],
        &["fixtures/toy", "Cargo.lock", "none.txt"],
        &["fixtures/labelled", "--min-confidence", "high"],
    ] {
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_rightslint"))
            .args(["-q", "--format", "json"])
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
        assert_valid(&schema, &report, &format!("{arguments:?}"));
    }
    let source = "# rightslint: allow(mandated-decryption-capability) until 2999-01-01 -- x\n1. A provider shall decrypt any message.\n";
    let place = Place::with(&[("a.txt", source.as_bytes()), ("rightslint.toml", b"ignore = [\"framing\"]")]);
    let report: Value = serde_json::from_str(&place.run(&["--format", "json", "a.txt"]).out).unwrap();
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_valid(&schema, &report, "suppressed");
}

#[test]
fn rule_packs_are_valid() {
    let schema = schema("rules.json");
    let packs =
        files(&root().join("rules"), "toml").into_iter().chain(files(&root().join("fixtures/toy"), "toml"));
    for path in packs.chain([root().join("fixtures/packs/good.toml")]) {
        let pack = from_toml(&fs::read_to_string(&path).unwrap());
        assert_valid(&schema, &pack, &path.to_string_lossy());
    }
}

/// The keys that the program knows at a place in a file, as it tells whoever misspells one there.
fn known_keys(text: &str, is_pack: bool) -> BTreeSet<String> {
    let file = if is_pack { "p.toml" } else { "rightslint.toml" };
    let place = Place::with(&[(file, text.as_bytes()), ("a.txt", b"1. Apples.\n")]);
    let arguments: &[&str] = if is_pack { &["rules", "--rules", "p.toml"] } else { &["a.txt"] };
    let ran = place.run(arguments);
    let told = ran.err.split_once("= expected").unwrap_or_else(|| panic!("{text}: {ran:?}")).1;
    told.split("\n\n").next().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn properties(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let found: &Map<String, Value> =
        schema.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer}"));
    found.keys().cloned().collect()
}

#[test]
fn the_keys_of_a_configuration_are_those_that_are_read() {
    let schema = schema("config.json");
    assert_eq!(properties(&schema, "/properties"), known_keys("zzz = 1", false));
    let of_override = known_keys("[[override]]\npaths = []\nzzz = 1", false);
    assert_eq!(properties(&schema, "/properties/override/items/properties"), of_override);
    let example = "packs = [\"a\"]\nselect = [\"R8\"]\nignore = [\"framing\"]\nmin-confidence = \"low\"\nfail-on = \"never\"\n\
        exclude = [\"old/\"]\nlanguage = \"en\"\nchanges = \"original\"\nfurniture = \"keep\"\nmax-file-size = 12\nstrengths = true\n\
        [severity]\nframing = \"off\"\n[formats]\n\"*.bill\" = \"text\"\n[[override]]\npaths = [\"a/**\"]\nfail-on = \"note\"\n";
    assert_valid(&schema, &from_toml(example), "an example");
    let template = fs::read_to_string(root().join("src/config/template.toml")).unwrap();
    assert_valid(&schema, &from_toml(&template), "the template");
    let validator = jsonschema::validator_for(&schema).unwrap();
    for wrong in
        ["selct = []", "fail-on = \"warn\"", "max-file-size = 0", "[[override]]\nignore = []", "formats = 3"]
    {
        assert!(!validator.is_valid(&from_toml(wrong)), "{wrong}");
    }
}

#[test]
fn the_keys_of_a_rule_pack_are_those_that_are_read() {
    let schema = schema("rules.json");
    let pack = "[pack]\nformat = 1\nlanguage = \"en\"\nrequires = \">=0.1\"\ntopic = \"research\"\n";
    for (text, pointer) in [
        ("zzz = 1\n", "/properties/pack/properties"),
        ("[[rule]]\nzzz = 1\n", "/properties/rule/items/properties"),
        ("[[rule]]\nmatch.zzz = 1\n", "/properties/rule/items/properties/match/properties"),
        ("[[rule]]\npower.zzz = 1\n", "/properties/rule/items/properties/power/properties"),
        ("[[rule]]\nexamples.zzz = 1\n", "/properties/rule/items/properties/examples/properties"),
        ("[[rule]]\nnear = [{ zzz = 1 }]\n", "/properties/rule/items/properties/near/items/properties"),
        (
            "[[rule]]\nsoftened_by = [{ zzz = 1 }]\n",
            "/properties/rule/items/properties/softened_by/items/properties",
        ),
        ("[class.a]\nzzz = 1\n", "/properties/class/additionalProperties/properties"),
        ("[profile]\nzzz = 1\n", "/properties/profile/properties"),
        ("[[authority]]\nzzz = 1\n", "/properties/authority/items/properties"),
        ("[[principle]]\nzzz = 1\n", "/properties/principle/items/properties"),
        ("[[recommendation]]\nzzz = 1\n", "/properties/recommendation/items/properties"),
        ("[[notice]]\nzzz = 1\n", "/properties/notice/items/properties"),
    ] {
        assert_eq!(properties(&schema, pointer), known_keys(&format!("{pack}{text}"), true), "{text}");
    }
}
