#include "tests/postgres/server.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "compiler/support/check.h"
#include "compiler/support/quote.h"
#include "tests/postgres/snapshot_queries.h"

namespace schemac::testing {

namespace {

constexpr const char* kPort = "5432";  // Only names the socket file; nothing listens on the network.

std::string FindBinaries() {
  const std::filesystem::path root = "/usr/lib/postgresql";
  std::error_code missing;
  std::string found;
  for (const auto& version : std::filesystem::directory_iterator(root, missing)) {
    const auto bin = version.path() / "bin";
    if (std::filesystem::exists(bin / "initdb")) found = std::max(found, bin.string());
  }
  return found;
}

}  // namespace

Server* Server::Shared() {
  static std::unique_ptr<Server> server = [] {
    const std::string bin = FindBinaries();
    std::unique_ptr<Server> made;
    if (!bin.empty()) made.reset(new Server(bin));
    if (made != nullptr && !made->Start()) made.reset();
    if (made == nullptr) Check(std::getenv("SCHEMAC_REQUIRE_POSTGRES") == nullptr);
    return made;
  }();
  return server.get();
}

Server::Server(std::string bin) : bin_(std::move(bin)) {}

bool Server::Start() {
  const ProcessOptions as_postgres{.directory = "/", .input = "", .environment = {}, .as_postgres = true};
  const std::string data = folder_.path() + "/data";
  const ProcessResult made = RunProcess({bin_ + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E",
                                         "UTF8", "--locale=C.UTF-8", "--no-sync"},
                                        as_postgres);
  if (made.exit_code != 0) {
    std::cerr << made.err;
    return false;
  }
  const std::string settings = fmt::format(
      "-k {} -p {} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c "
      "autovacuum=off "
      "-c jit=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=64MB",
      folder_.path(), kPort);
  const ProcessResult started =
      RunProcess({bin_ + "/pg_ctl", "-D", data, "-l", folder_.path() + "/log", "-o", settings, "-w", "start"},
                 as_postgres);
  if (started.exit_code != 0) std::cerr << started.out << started.err << ReadFile(folder_.path() + "/log");
  running_ = started.exit_code == 0;
  return running_;
}

Server::~Server() {
  if (!running_) return;
  RunProcess({bin_ + "/pg_ctl", "-D", folder_.path() + "/data", "-m", "immediate", "stop"},
             {.directory = "/", .input = "", .environment = {}, .as_postgres = true});
}

std::unique_ptr<Database> Server::CreateDatabase() {
  return std::make_unique<Database>(*this, fmt::format("test{}", ++databases_));
}

namespace {

ProcessResult Psql(const Server& server, const std::string& database,
                   const std::vector<std::string>& arguments, const std::string& input) {
  std::vector<std::string> command{server.bin() + "/psql",
                                   "-X",
                                   "-q",
                                   "-v",
                                   "ON_ERROR_STOP=1",
                                   "-h",
                                   server.socket(),
                                   "-p",
                                   kPort,
                                   "-U",
                                   "postgres",
                                   "-d",
                                   database};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunProcess(command,
                    {.directory = "/",
                     .input = input,
                     .environment = {"PGOPTIONS=-c client_min_messages=warning -c statement_timeout=60s",
                                     "PGCLIENTENCODING=UTF8"},
                     .as_postgres = false});
}

}  // namespace

Database::Database(Server& server, std::string name) : server_(server), name_(std::move(name)) {
  const ProcessResult made =
      Psql(server_, "postgres", {"-c", fmt::format("CREATE DATABASE {} TEMPLATE template0", name_)}, "");
  if (made.exit_code != 0) std::cerr << made.err;
  Check(made.exit_code == 0);
}

Database::~Database() {
  Psql(server_, "postgres", {"-c", fmt::format("DROP DATABASE {} WITH (FORCE)", name_)}, "");
}

void Database::MakeRoles(const std::string& script) {
  // Whatever may be a role by its place is made one: too many do no harm.
  static const std::regex role_place("\\b(?:to|from|role|,)\\s+(\"[^\"]+\"|[a-z_][a-z0-9_]*)",
                                     std::regex::icase);
  std::set<std::string> names;
  for (std::sregex_iterator match(script.begin(), script.end(), role_place), end; match != end; ++match) {
    std::string name = (*match)[1].str();
    if (name.front() != '"')
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.front() == '"') name = name.substr(1, name.size() - 2);
    if (name != "public" && name != "none" && !name.starts_with("pg_") && name.size() < 64)
      names.insert(name);
  }
  std::string sql;
  for (const std::string& name : names) {
    if (server_.MarkRole(name)) sql += fmt::format("CREATE ROLE {};\n", QuoteIdentifier(name));
  }
  // Reserved words (`current_user`) are refused one by one; ON_ERROR_STOP does not apply to them.
  if (!sql.empty()) Psql(server_, "postgres", {"-v", "ON_ERROR_STOP=0", "-f", "-"}, sql);
}

std::string Database::Run(const std::string& script) {
  MakeRoles(script);
  const ProcessResult done = Psql(server_, name_, {"-f", "-"}, script);
  return done.exit_code == 0 ? "" : done.err;
}

std::string Database::RunAsOne(const std::string& script) {
  MakeRoles(script);
  const ProcessResult done = Psql(server_, name_, {"-c", script}, "");
  return done.exit_code == 0 ? "" : done.err;
}

std::string Database::QueryAsOne(const std::string& script) {
  const ProcessResult done = Psql(server_, name_, {"-At", "-c", script}, "");
  return done.exit_code == 0 ? done.out : done.err;
}

std::string Database::Query(const std::string& sql) {
  const ProcessResult done = Psql(server_, name_, {"-At", "-f", "-"}, sql);
  return done.exit_code == 0 ? done.out : done.err;
}

std::string Database::Dump() {
  return RunProcess({server_.bin() + "/pg_dump", "--schema-only", "-h", server_.socket(), "-p", kPort, "-U",
                     "postgres", name_})
      .out;
}

Snapshot Database::TakeSnapshot() {
  Snapshot snapshot;
  // A record separator that no catalog text holds, since definitions span lines.
  const ProcessResult done =
      Psql(server_, name_, {"-At", "-F", "\x1f", "-R", "\x1e", "-f", "-"}, kSnapshotSql);
  if (done.exit_code != 0) std::cerr << done.err;
  Check(done.exit_code == 0);
  std::string rows = done.out;
  if (!rows.empty() && rows.back() == '\n')
    rows.pop_back();  // psql ends its output with one, whatever the separator.
  std::size_t at = 0;
  while (at < rows.size()) {
    std::size_t end = rows.find('\x1e', at);
    if (end == std::string::npos) end = rows.size();
    const std::string record = rows.substr(at, end - at);
    const std::size_t separator = record.find('\x1f');
    if (separator != std::string::npos) snapshot[record.substr(0, separator)] = record.substr(separator + 1);
    at = end + 1;
  }
  return snapshot;
}

std::string Difference(const Snapshot& want, const Snapshot& got) {
  std::string report;
  for (const auto& [key, value] : want) {
    const auto found = got.find(key);
    if (found == got.end()) {
      report += fmt::format("missing: {}: {}\n", key, value);
    } else if (found->second != value) {
      report += fmt::format("differs: {}\n    want {}\n    got  {}\n", key, value, found->second);
    }
  }
  for (const auto& [key, value] : got) {
    if (!want.contains(key)) report += fmt::format("unexpected: {}: {}\n", key, value);
  }
  return report;
}

}  // namespace schemac::testing
