//! The schema and how a store gets from one version of it to the next.
//!
//! Each version is a file under `assets/schema`, run once, in order, never changed after a release; the number of
//! the last one stands in the file's `user_version`, and `application_id` says that the file is ours. A store of an
//! older version is copied beside itself before anything is done to it. A store of a newer one is never touched.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::sql_error::Fault;
use crate::error::Error;

/// `dixt` in ASCII: what marks a `SQLite` file as one of our stores.
pub(super) const APPLICATION_ID: i64 = 0x6469_7874;

/// The versions, oldest first.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("../../assets/schema/001.sql"), include_str!("../../assets/schema/002.sql")];

/// Why a file can't be a store, where it isn't even a database.
pub(super) const NO_DATABASE: &str = "it is not a SQLite database";

/// What a file says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// Pages in the file; an empty file has none.
    pub pages: i64,
    /// Whose file it is.
    pub application: i64,
    /// Which schema it has.
    pub version: i64,
}

impl Marks {
    /// Reads the marks of an open file, all at one moment: another process may be making it.
    pub(super) fn read(conn: &Connection) -> Result<Self, Fault> {
        let _moment = if conn.is_autocommit() { Some(conn.unchecked_transaction()?) } else { None };
        let number = |pragma| conn.query_row(pragma, [], |row| row.get::<_, i64>(0));
        Ok(Self {
            application: number("PRAGMA application_id")?,
            version: number("PRAGMA user_version")?,
            pages: number("PRAGMA page_count")?,
        })
    }

    /// Whether a program that knows `known` versions may go on with the file at `path`, and if not, why.
    pub(super) fn judge(self, path: &Path, known: usize) -> Result<(), Error> {
        let path = path.to_owned();
        if self.pages == 0 {
            // Not empty, or it would be made a store: one byte, which SQLite takes for none.
            return Err(Error::NotAStore { path, why: NO_DATABASE.into() });
        }
        if self.application != APPLICATION_ID {
            return Err(Error::NotAStore { path, why: "it is a database of another program".into() });
        }
        if self.version > known as i64 {
            return Err(Error::NewerStore { path, found: self.version, known: known as i64 });
        }
        if self.version < 1 {
            return Err(Error::DamagedStore { path, detail: "it doesn't say which version it is".into() });
        }
        Ok(())
    }
}

/// Makes the schema in an empty file, unless another process was faster; `true` where we made it.
pub(super) fn make(conn: &mut Connection, path: &Path, migrations: &[&str]) -> Result<bool, Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // The lock gave an empty file its first page, so pages tell nothing any more.
    if tx.prepare("SELECT 1 FROM sqlite_schema")?.exists([])? {
        Marks::read(&tx)?.judge(path, migrations.len())?;
        return Ok(false);
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    run(&tx, migrations, 0)?;
    tx.commit()?;
    Ok(true)
}

/// Brings an older store to the newest version, after copying it to `<name>.before-v<N>` beside itself.
pub(super) fn migrate(
    conn: &mut Connection,
    path: &Path,
    migrations: &[&str],
    reader: impl FnOnce() -> Result<Connection, Fault>,
) -> Result<(), Fault> {
    // The lock comes first: what is copied is what is migrated, and two processes don't do it twice.
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let marks = Marks::read(&tx)?;
    marks.judge(path, migrations.len())?;
    if marks.version == migrations.len() as i64 {
        return Ok(());
    }
    let copy = beside(path, &format!(".before-v{}", migrations.len()));
    copy_to(&reader()?, &copy)?;
    run(&tx, migrations, marks.version as usize)?;
    super::project::catch_up(&tx)?;
    tx.commit()?;
    Ok(())
}

fn run(tx: &Transaction<'_>, migrations: &[&str], done: usize) -> Result<(), Fault> {
    for sql in &migrations[done..] {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "user_version", migrations.len() as i64)?;
    Ok(())
}

/// The file whose name is that of `path` and `ending`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Copies the committed state to `copy`, which is there whole or not at all.
fn copy_to(conn: &Connection, copy: &Path) -> Result<(), Fault> {
    let part = beside(copy, ".part");
    let failed = |doing| {
        let path = part.clone();
        move |source| Fault::Told(Error::File { doing, path, source })
    };
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed("replace")(error)),
        _ => {}
    }
    // Made by us and empty, so that the copy is as private as the store; SQLite fills it.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).map_err(failed("make"))?;
    // As bytes, since a path need not be UTF-8.
    conn.execute("VACUUM INTO CAST(?1 AS TEXT)", [part.as_os_str().as_bytes()])?;
    fs::File::open(&part).and_then(|file| file.sync_all()).map_err(failed("write"))?;
    fs::rename(&part, copy).map_err(failed("rename"))?;
    if let Some(folder) = copy.parent() {
        // Not every file system can; the copy is there either way.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}
