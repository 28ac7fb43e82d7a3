//! Opening: from a path to a connection that may be trusted.
//!
//! What the path leads to is looked at before anything could write to it: a file that isn't ours, is of a newer
//! version or is damaged stays as it is, byte for byte, the companions that `SQLite` keeps beside it included. The
//! look goes through `SQLite` too: reading the file by hand and closing it would drop the locks that this process may
//! hold on it (POSIX locks belong to process and file, not to a descriptor).

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema::{self, Marks};
use super::sql_error::Fault;
use crate::error::{Error, Result};

/// How long a connection waits for another one's lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements that a connection keeps prepared; above what all verbs together use.
const STATEMENTS: usize = 128;
const OPENING: &str = "open the store";

// SQLite 3.7.0 to 3.51.2 can damage a WAL that several connections write to (sqlite.org/wal.html#walresetbug).
const _: () = assert!(rusqlite::ffi::SQLITE_VERSION_NUMBER >= 3_051_003, "SQLite is too old to be trusted with a WAL");

/// How a connection gets at the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// To read and write.
    Write,
    /// To read, while others may write.
    Read,
    /// To read a file that nobody can be writing to, without locks and without files beside it.
    Frozen,
}

/// A store that is open.
pub(super) struct Opened {
    pub conn: Connection,
    pub path: PathBuf,
    pub access: Access,
    pub is_new: bool,
}

/// Opens the store at `path` as [`super::Store::open`] promises, with these versions of the schema.
pub(super) fn open(path: &Path, migrations: &[&str]) -> Result<Opened> {
    let path = std::path::absolute(path).map_err(|source| Error::File { doing: "find", path: path.into(), source })?;
    let empty = match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_file(&path)?;
            true
        }
        Err(source) => return Err(Error::File { doing: "open", path, source }),
        Ok(is) if is.is_dir() => return Err(Error::NotAStore { path, why: "it is a folder".into() }),
        Ok(is) if !is.is_file() => return Err(Error::NotAStore { path, why: "it is not a regular file".into() }),
        Ok(is) => is.len() == 0,
    };
    if !empty {
        peek(&path, migrations.len())?;
    }
    if is_writable(&path) { open_to_write(path, migrations) } else { open_to_read(path, migrations) }
}

fn make_file(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|source| Error::File {
            doing: "make the folder",
            path: folder.to_owned(),
            source,
        })?;
    }
    // Not `create_new`: another process may be making the same store.
    OpenOptions::new().append(true).create(true).mode(0o600).open(path).map(drop).map_err(|source| Error::File {
        doing: "make",
        path: path.to_owned(),
        source,
    })
}

/// The file that a symbolic link leads to: `SQLite` keeps its companions beside that one.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether the file and its folder may be written, for the companions that `SQLite` makes beside it.
fn is_writable(path: &Path) -> bool {
    use rustix::fs::{Access, access};
    let path = real(path);
    let folder = path.parent().unwrap_or(Path::new("/"));
    access(&path, Access::WRITE_OK).is_ok() && access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Looks at a file that isn't empty, without a lock and without writing anything.
///
/// Where nothing lies beside it, the file is all there is, and damage is told at once. A companion means that another
/// process has it open or was killed; the file by itself may then look cut off, and the look under a lock decides.
fn peek(path: &Path, known: usize) -> Result<()> {
    let look = || {
        let conn = connect(path, Access::Frozen)?;
        Marks::read(&conn)?.judge(path, known)?;
        probe(&conn)
    };
    let real = real(path);
    let has_companion = || ["-wal", "-journal"].iter().any(|ending| schema::beside(&real, ending).exists());
    let code = |fault: &Fault| match fault {
        Fault::Sql(error) => error.sqlite_error_code(),
        Fault::Damaged(_) | Fault::Told(_) => None,
    };
    let mut found = look();
    if found.as_ref().is_err_and(|fault| code(fault) != Some(ErrorCode::NotADatabase)) && !has_companion() {
        // It may have been just made, and the companion be gone since.
        found = look();
    }
    match found {
        Ok(()) => Ok(()),
        Err(fault @ Fault::Told(_)) => Err(fault.tell(OPENING, path)),
        Err(fault) if code(&fault) == Some(ErrorCode::NotADatabase) => {
            Err(Error::NotAStore { path: path.to_owned(), why: schema::NO_DATABASE.into() })
        }
        Err(_) if has_companion() => Ok(()),
        Err(fault) => Err(fault.tell(OPENING, path)),
    }
}

fn open_to_write(path: PathBuf, migrations: &[&str]) -> Result<Opened> {
    let told = |fault: Fault| fault.tell(OPENING, &path);
    let mut conn = connect(&path, Access::Write).map_err(told)?;
    let mut is_new = false;
    let mut marks = Marks::read(&conn).map_err(told)?;
    if marks.pages == 0 {
        is_new = schema::make(&mut conn, &path, migrations).map_err(told)?;
        marks = Marks::read(&conn).map_err(told)?;
    }
    marks.judge(&path, migrations.len())?;
    if marks.version < migrations.len() as i64 {
        schema::migrate(&mut conn, &path, migrations, || connect(&path, Access::Write))
            .map_err(|fault| fault.tell("bring the store to this version", &path))?;
    }
    ensure_wal(&conn).map_err(told)?;
    probe(&conn).map_err(told)?;
    // From here on it is a store of ours and sound as far as one can see at a glance.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(|e| told(e.into()))?;
    Ok(Opened { conn, path, access: Access::Write, is_new })
}

/// Opens a store that can't be written.
///
/// Where somebody who can write it has it open, a WAL lies beside it and has to be read with it. Where none does,
/// `SQLite` would have to make one, and couldn't; so the file is read by itself.
pub(super) fn open_to_read(path: PathBuf, migrations: &[&str]) -> Result<Opened> {
    let wal = fs::metadata(schema::beside(&real(&path), "-wal")).map(|is| is.len());
    let attempt = |access| {
        let conn = connect(&path, access)?;
        let marks = Marks::read(&conn)?;
        marks.judge(&path, migrations.len())?;
        if marks.version < migrations.len() as i64 {
            return Err(Fault::Told(Error::ReadOnlyStore { path: path.clone() }));
        }
        probe(&conn)?;
        Ok((conn, access))
    };
    let opened = match wal {
        Err(_) => attempt(Access::Frozen),
        Ok(0) => attempt(Access::Read).or_else(|_| attempt(Access::Frozen)),
        // What was written last stands in the WAL alone: without it the store would be read as it never was.
        Ok(_) => attempt(Access::Read).map_err(|fault| match fault {
            Fault::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
                Fault::Told(Error::ReadOnlyStore { path: path.clone() })
            }
            fault => fault,
        }),
    };
    let (conn, access) = opened.map_err(|fault| fault.tell(OPENING, &path))?;
    Ok(Opened { conn, path, access, is_new: false })
}

/// Another connection to a store that is open, which can't write.
pub(super) fn connect_to_read(path: &Path, access: Access) -> Result<Connection, Fault> {
    let conn = connect(path, access)?;
    conn.execute_batch("PRAGMA query_only = ON")?;
    probe(&conn)?;
    if access == Access::Write {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    }
    Ok(conn)
}

fn connect(path: &Path, access: Access) -> Result<Connection, Fault> {
    let mode =
        if access == Access::Write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = if access == Access::Frozen {
        Connection::open_with_flags(frozen_uri(path), flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // Plans depend on no bound value; otherwise SQLite makes the plan of a statement anew for each.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON;
         PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 16777216;",
    )?;
    Ok(conn)
}

/// The path as a URI that tells `SQLite` that the file can't change.
fn frozen_uri(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Reads what every verb needs, so that a store whose schema or first pages are damaged is told of at once.
fn probe(conn: &Connection) -> Result<(), Fault> {
    match conn.query_row("SELECT articles FROM totals", [], |_| Ok(())) {
        Ok(()) => Ok(()),
        Err(rusqlite::Error::SqliteFailure(code, Some(words))) if code.code == ErrorCode::Unknown => {
            Err(Fault::Damaged(words))
        }
        Err(error) => Err(error.into()),
    }
}

/// Sets write-ahead logging where it isn't set yet: after the store was made, that is.
///
/// A file system without shared memory keeps the journal it has; the store works with it, only readers then wait
/// for a writer.
fn ensure_wal(conn: &Connection) -> Result<(), Fault> {
    let mode = |pragma| conn.query_row(pragma, [], |row| row.get::<_, String>(0)).map_err(Fault::from);
    if mode("PRAGMA journal_mode")? == "wal" {
        return Ok(());
    }
    let begun = Instant::now();
    loop {
        match mode("PRAGMA journal_mode = WAL") {
            // SQLite doesn't wait for other connections here, so we do.
            Err(fault) if fault.is_busy() && begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(2)),
            Err(fault) => return Err(fault),
            Ok(_) => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_can_be_a_uri() {
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/a b/?#%\xff.db"));
        assert_eq!(frozen_uri(path), "file:/a%20b/%3F%23%25%FF.db?immutable=1");
    }

    #[test]
    fn the_library_is_new_enough_at_run_time_too() {
        assert!(rusqlite::version_number() >= 3_051_003);
    }
}
