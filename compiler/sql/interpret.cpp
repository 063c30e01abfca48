#include "compiler/sql/interpret.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "compiler/sql/parse_tree.h"
#include "compiler/sql/raw_statements.h"
#include "compiler/sql/statement_session.h"
#include "compiler/sql/statement_split.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {
namespace {

// DO blocks and CREATE SCHEMA hold statements, which hold statements …
constexpr int kMostNested = 16;

Session MakeSession(schema::Catalog& catalog, const InterpretOptions& options) {
  Session session;
  session.catalog = &catalog;
  session.search_path = options.search_path;
  session.owner = options.owner;
  session.passed_over = options.passed_over;
  return session;
}

std::string WarningAboutOwner(const Session& session) {
  if (!session.granted_to_owner) return "";
  return fmt::format("a grant to \"{}\", who is taken to own what has no OWNER TO, changes nothing",
                     session.granted_to_owner->role);
}

constexpr const char* kOwnerSetting = "if another role owns it, say so in schemac.toml: owner = \"name\"";

// What owners have lost for good. No catalog of ours tells.
std::optional<Error> LostByOwners(const Session& session) {
  for (const auto& [object, taken] : session.taken) {
    if (taken.privileges.empty()) continue;
    const bool to_come = object.first.kind == schema::ObjectKind::DefaultPrivileges;
    const std::string owned =
        to_come ? fmt::format("{} to come from the role that will own them", object.first.member)
                : fmt::format("{} from the role that owns it", schema::Describe(object.first));
    Error error = Unsupported(-1, fmt::format("taking {} on {}", *taken.privileges.begin(), owned));
    error.offset = taken.place;
    return error;
  }
  return std::nullopt;
}

// Parses and runs one statement of a script. Offsets of errors are into `statement`.
Done RunOne(Session& session, std::string_view statement) {
  const Tokens tokens(statement);
  const auto tree = ParseTree::Parse(tokens);
  if (!tree) return tree.error();
  const Tokens* outer = std::exchange(session.tokens, &tokens);
  Done done = Ok();
  for (const PgQuery__RawStmt* raw : std::span(tree->result().stmts, tree->result().n_stmts)) {
    if (raw->stmt == nullptr) continue;
    done = RunStatement(session, *raw->stmt);
    if (!done) break;
  }
  session.tokens = outer;
  return done;
}

// Where in the whole text an error of the statement at `begin` stands: a place without length is the first
// word.
Error Placed(Error error, std::string_view text, const ScriptStatement& statement) {
  const std::size_t size = statement.end - statement.begin;
  if (!error.offset) {
    const std::string_view rest = text.substr(statement.begin, size);
    error.offset = 0;
    error.length = std::min(rest.find_first_of(" \t\r\n(;"), rest.size());
  }
  error.offset = statement.begin + std::min(*error.offset, size);
  return error;
}

}  // namespace

Done RunText(Session& session, std::string_view text) {
  if (session.nesting >= kMostNested) return ErrorAt(-1, "statements are nested too deeply");
  ++session.nesting;
  Done done = Ok();
  const auto run = [&](const ScriptStatement& statement) {
    done = RunOne(session, text.substr(statement.begin, statement.end - statement.begin));
    if (!done) done = Placed(done.error(), text, statement);
  };
  const bool is_whole = text.find(';') == std::string_view::npos && text.find('\\') == std::string_view::npos;
  if (is_whole) {
    run({0, text.size()});
  } else {
    ScriptReader reader(text);
    for (ScriptStatement statement; done && reader.Next(statement);) run(statement);
  }
  --session.nesting;
  return done;
}

namespace {

// Reports what is wrong and goes on.
void RunPlaced(Session& session, SourceId source, std::string_view text, const ScriptStatement& statement,
               DiagnosticSink& sink) {
  session.place = statement.begin;
  const Done done = RunOne(session, text.substr(statement.begin, statement.end - statement.begin));
  if (done) return;
  const Error error = Placed(done.error(), text, statement);
  const std::size_t end = std::min(text.size(), *error.offset + error.length);
  sink.Report(
      Diagnostic(error.kind,
                 Span{source, static_cast<std::uint32_t>(*error.offset), static_cast<std::uint32_t>(end)},
                 error.message)
          .Fix(error.fix));
}

// What the destination has that no statement says: which schemas stand for tenants is known to models alone,
// and an extension may leave its version and schema to the server.
void TakeUnsaid(const schema::Catalog& destination, schema::Catalog& catalog) {
  for (const auto& [address, object] : destination.objects()) {
    if (const auto* wanted = std::get_if<schema::Schema>(&object)) {
      auto* schema = catalog.GetMutable<schema::Schema>(address);
      if (schema != nullptr) schema->is_template = wanted->is_template;
    } else if (const auto* told = std::get_if<schema::Extension>(&object)) {
      auto* extension = catalog.GetMutable<schema::Extension>(address);
      if (extension == nullptr) continue;
      if (told->version.empty()) extension->version.clear();
      if (told->schema.empty()) extension->schema.clear();
    }
  }
}

// What can be told only when the whole script has run.
void ReportOwners(const Session& session, SourceId source, DiagnosticSink& sink) {
  const auto at = [&](std::size_t place) {
    return Span{source, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(place)};
  };
  if (const auto lost = LostByOwners(session)) {
    sink.Report(Diagnostic(lost->kind, at(*lost->offset), lost->message).Fix(lost->fix));
  }
  if (session.granted_to_owner) {
    sink.Report(Diagnostic(DiagnosticKind::Configuration, at(session.granted_to_owner->place),
                           WarningAboutOwner(session))
                    .Fix(kOwnerSetting)
                    .With(Severity::Warning));
  }
}

// psql's commands that only say how it shows things or whom it talks to. `\i` and its like bring SQL that is
// not here, `\if` leaves some out.
bool IsHarmlessCommand(std::string_view command) {
  static constexpr std::array<std::string_view, 15> kHarmless = {
      "\\restrict", "\\unrestrict", "\\connect", "\\c",      "\\copy", "\\echo",   "\\qecho", "\\encoding",
      "\\pset",     "\\set",        "\\unset",   "\\timing", "\\x",    "\\prompt", "\\warn"};
  const std::string_view word = command.substr(0, command.find_first_of(" \t\r\n;"));
  return std::find(kHarmless.begin(), kHarmless.end(), word) != kHarmless.end();
}

void RefuseCommands(SourceId source, std::string_view text, const ScriptReader& reader,
                    DiagnosticSink& sink) {
  for (const ScriptStatement& command : reader.commands()) {
    const std::string_view line = text.substr(command.begin, command.end - command.begin);
    if (IsHarmlessCommand(line)) continue;
    const std::string word(line.substr(0, line.find_first_of(" \t\r\n;")));
    const auto begin = static_cast<std::uint32_t>(command.begin);
    sink.Report(Diagnostic(DiagnosticKind::Unsupported,
                           Span{source, begin, begin + static_cast<std::uint32_t>(word.size())},
                           "psql's " + word + " is not run here, and what it does would be missing")
                    .Fix("put the SQL that it stands for in its place"));
  }
}

// A script of ours, from the state that the catalog holds to the destination.
void RunToDestination(Session& session, SourceId source, std::string_view text,
                      const InterpretOptions& options, DiagnosticSink& sink) {
  const RawStatements known(*session.catalog, *options.destination, options.data);
  std::vector<ScriptStatement> places;
  std::vector<std::string> tokens;
  ScriptReader reader(text);
  ScriptStatement statement;
  while (reader.Next(statement)) {
    places.push_back(statement);
    tokens.push_back(TokensOf(text.substr(statement.begin, statement.end - statement.begin)));
  }
  for (std::size_t i = 0; i < places.size();) {
    const std::size_t raw = known.Run(std::span(tokens).subspan(i), *session.catalog);
    if (raw == 0) {
      session.reads_rows = !known.MovesData(tokens[i]);
      RunPlaced(session, source, text, places[i], sink);
    }
    i += std::max<std::size_t>(raw, 1);
  }
  TakeUnsaid(*options.destination, *session.catalog);
}

}  // namespace

void Interpret(SourceId source, const Sources& sources, schema::Catalog& catalog,
               const InterpretOptions& options, DiagnosticSink& sink) {
  Session session = MakeSession(catalog, options);
  const std::string_view text = sources.Get(source).text;
  if (options.destination != nullptr) {
    RunToDestination(session, source, text, options, sink);
  } else {
    ScriptReader reader(text);
    ScriptStatement statement;
    while (reader.Next(statement)) RunPlaced(session, source, text, statement, sink);
    RefuseCommands(source, text, reader, sink);
  }
  ReportOwners(session, source, sink);
  LinkNames(catalog);
}

ErrorOr<Interpreted> InterpretStatements(std::string_view text, schema::Catalog& catalog,
                                         const InterpretOptions& options) {
  Session session = MakeSession(catalog, options);
  const Done done = RunText(session, text);
  if (!done) return done.error();
  if (auto lost = LostByOwners(session)) return *lost;
  return Interpreted{WarningAboutOwner(session)};
}

ErrorOr<bool> InterpretRaw(std::string_view name, std::string_view up, std::string_view down,
                           schema::Catalog& catalog, const InterpretOptions& options) {
  // What is no object of its own leaves nothing behind.
  schema::Catalog reached = catalog;
  Session session = MakeSession(reached, options);
  std::string drop = TokensOf(down);
  if (drop.ends_with(" ;")) drop.resize(drop.size() - 2);
  ScriptReader reader(up);
  ScriptStatement statement;
  bool first = true;
  for (; reader.Next(statement); first = false) {
    const std::string_view text = up.substr(statement.begin, statement.end - statement.begin);
    const auto tree = ParseTree::Parse(text);
    if (!tree) return tree.error();
    const auto& result = tree->result();
    const PgQuery__Node* node = result.n_stmts == 1 ? result.stmts[0]->stmt : nullptr;
    if (node == nullptr) return false;
    if (!(first ? MakesRaw(session, *node, name, drop) : AltersRaw(session, *node, name))) return false;
    if (const Done done = RunText(session, text); !done) return Placed(done.error(), up, statement);
  }
  if (first) return false;  // Blanks and comments make nothing.
  catalog = std::move(reached);
  return true;
}

}  // namespace schemac::sql
