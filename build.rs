//! Lists the rule files for embedding, and compiles them.
//!
//! Every `rules/**/*.toml` becomes a pair of name and text, sorted by name, so that a new pack needs
//! no line of Rust and the binary works without its source tree. What the files say is compiled here, with
//! the library's own lower layers, and kept as bytes that are quickly read: `src/builtin.rs`.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use rule::{PackFile, RuleSet};

/// The layers of the library that compile rules.
macro_rules! layers {
    ($($path:literal $module:ident)*) => {$(
        #[path = $path]
        #[allow(dead_code, unused_imports, unreachable_pub, reason = "the library uses all of it")]
        mod $module;
    )*};
}
layers! {
    "src/text/mod.rs" text
    "src/diagnostic.rs" diagnostic
    "src/document/mod.rs" document
    "src/language/mod.rs" language
    "src/rule/mod.rs" rule
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    println!("cargo::rustc-env=RIGHTSLINT_BUILD={:016x}", build(&root)?);
    let mut files = Vec::new();
    collect(&root.join("rules"), "rules", &mut files)?;
    files.sort();

    let mut list = String::from("&[\n");
    for (name, path) in &files {
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.to_string_lossy());
    }
    list.push_str("]\n");
    let out = PathBuf::from(variable("OUT_DIR")?);
    fs::write(out.join("rule_files.rs"), list)?;
    fs::write(out.join("rules.postcard"), compiled(files)?)
}

/// The rules of the files; nothing where there is a mistake in them, which the program then tells itself.
fn compiled(files: Vec<(String, PathBuf)>) -> io::Result<Vec<u8>> {
    let read = |(name, path)| Ok(PackFile { name, text: fs::read_to_string(path)? });
    let files: Vec<PackFile> = files.into_iter().map(read).collect::<io::Result<_>>()?;
    match RuleSet::compile(&files) {
        Ok(rules) => postcard::to_allocvec(&rules).map_err(io::Error::other),
        Err(errors) => {
            for error in errors {
                println!("cargo::warning={error}");
            }
            Ok(Vec::new())
        }
    }
}

/// A digest over the program's own source and the versions of what it depends on: what one build found
/// and kept in a cache is not taken for what another would find.
fn build(root: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut files = vec![root.join("Cargo.lock"), root.join("Cargo.toml")];
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=src");
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    for file in files {
        // A package may come without its lock file.
        fs::read(&file).unwrap_or_default().hash(&mut hasher);
    }
    variable("CARGO_PKG_VERSION")?.hash(&mut hasher);
    Ok(hasher.finish())
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

/// Adds the TOML files under `folder` as (name with `/`, path).
fn collect(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((name, path));
        }
    }
    Ok(())
}
