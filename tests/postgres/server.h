// A private PostgreSQL cluster for tests: made in a temporary folder, reached through a Unix socket there,
// stopped and removed at the end of the program. As root it runs as the user `postgres`.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/postgres/process.h"

namespace schemac::testing {

// What a database's catalogs hold, one entry for each object or attribute group: key, description. Column
// order and owners are left out.
using Snapshot = std::map<std::string, std::string>;

class Database;

class Server {
 public:
  // The server of this program, started at the first call; nullptr when PostgreSQL is not installed (and
  // SCHEMAC_REQUIRE_POSTGRES is unset; when it is set, that is a failed check).
  static Server* Shared();
  ~Server();

  std::unique_ptr<Database> CreateDatabase();
  // Whether the role is new to this server; it is then taken to be made.
  bool MarkRole(const std::string& name) { return roles_.insert(name).second; }
  [[nodiscard]] const std::string& bin() const { return bin_; }
  [[nodiscard]] const std::string& socket() const { return folder_.path(); }

 private:
  explicit Server(std::string bin);
  bool Start();

  std::string bin_;
  TemporaryFolder folder_;
  bool running_ = false;
  int databases_ = 0;
  std::set<std::string> roles_;
};

// A fresh database; dropped with the object. Roles that scripts name and that are missing are made.
class Database {
 public:
  Database(Server& server, std::string name);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs a script as psql does, statement by statement, stopping at the first error. What went wrong, or "".
  std::string Run(const std::string& script);
  // As one string through the simple query protocol, as a web editor does: one implicit transaction. The
  // error, or "".
  std::string RunAsOne(const std::string& script);
  // The rows of the last statement of such a string, or "ERROR: …".
  std::string QueryAsOne(const std::string& script);
  // Unaligned rows without header (psql -At), or "ERROR: …".
  std::string Query(const std::string& sql);
  [[nodiscard]] Snapshot TakeSnapshot();
  // pg_dump --schema-only.
  std::string Dump();

 private:
  void MakeRoles(const std::string& script);

  Server& server_;
  std::string name_;
};

// What differs, one line each: "missing: …", "unexpected: …", "differs: … want … got …". Empty when the same.
std::string Difference(const Snapshot& want, const Snapshot& got);

}  // namespace schemac::testing
