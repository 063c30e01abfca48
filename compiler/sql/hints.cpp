#include "compiler/sql/hints.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/sql/expression.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/statement_session.h"
#include "compiler/sql/statement_split.h"
#include "compiler/sql/tokens.h"

namespace schemac::sql {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

constexpr std::string_view kLabel = "schemac:";
constexpr std::string_view kWas = "was ";
constexpr std::string_view kBackfill = "backfill ";

// What a hint may be about, and where it begins. A column has its table's name and its own.
struct Thing {
  std::size_t begin = 0;
  QualifiedName name;
  bool is_type = false;
  std::string column;
};

// The words behind `schemac:` in a comment.
struct Hint {
  std::size_t comment = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The relation or type that a statement makes; nullopt for others.
std::optional<Thing> MadeBy(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      return Thing{0, SplitName(*node.create_stmt->relation), false, ""};
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      return Thing{0, SplitName(*node.view_stmt->view), false, ""};
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      return Thing{0, SplitName(*node.create_table_as_stmt->into->rel), false, ""};
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      return Thing{0, SplitName(*node.create_seq_stmt->sequence), false, ""};
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      if (node.index_stmt->idxname == nullptr || node.index_stmt->idxname[0] == '\0') return std::nullopt;
      return Thing{0, {SplitName(*node.index_stmt->relation).schema, node.index_stmt->idxname}, false, ""};
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      return Thing{0, SplitName(*node.composite_type_stmt->typevar), true, ""};
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      return Thing{0, SplitName({node.create_enum_stmt->type_name, node.create_enum_stmt->n_type_name}), true,
                   ""};
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      return Thing{0, SplitName({node.create_range_stmt->type_name, node.create_range_stmt->n_type_name}),
                   true, ""};
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      return Thing{0, SplitName({node.create_domain_stmt->domainname, node.create_domain_stmt->n_domainname}),
                   true, ""};
    default:
      return std::nullopt;
  }
}

class HintReader {
 public:
  HintReader(SourceId source, const Sources& sources, const schema::Catalog& catalog, schema::Intent& intent,
             DiagnosticSink& sink)
      : source_(source), text_(sources.Get(source).text), catalog_(catalog), intent_(intent), sink_(sink) {}

  void Run() {
    ScriptReader reader(text_);
    ScriptStatement statement;
    std::size_t behind = 0;
    while (reader.Next(statement)) {
      CollectBetween(behind, statement.begin);
      const Tokens tokens(text_, statement.begin, statement.end);
      for (const Token& comment : tokens.comments()) AddComment(comment.begin, comment.end);
      CollectThings(statement);
      behind = statement.end;
    }
    CollectBetween(behind, text_.size());
    for (const Hint& hint : hints_) Apply(hint);
    NameOldTables();
  }

 private:
  void CollectThings(const ScriptStatement& statement) {
    const auto tree = ParseTree::Parse(text_.substr(statement.begin, statement.end - statement.begin));
    if (!tree || tree->result().n_stmts != 1 || tree->result().stmts[0]->stmt == nullptr) return;
    const PgQuery__Node& node = *tree->result().stmts[0]->stmt;
    std::optional<Thing> thing = MadeBy(node);
    if (!thing) return;
    thing->begin = statement.begin;
    things_.push_back(*thing);
    if (node.node_case != PG_QUERY__NODE__NODE_CREATE_STMT) return;
    for (std::size_t i = 0; i < node.create_stmt->n_table_elts; ++i) {
      const PgQuery__Node& element = *node.create_stmt->table_elts[i];
      if (element.node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) continue;
      Thing column = *thing;
      column.begin = statement.begin + static_cast<std::size_t>(element.column_def->location);
      column.column = element.column_def->colname;
      things_.push_back(std::move(column));
    }
  }

  // Comments outside statements: those that begin a line, or follow the `;` of a statement.
  void CollectBetween(std::size_t begin, std::size_t end) {
    while (begin < end) {
      const std::size_t line_end = std::min(text_.find('\n', begin), end);
      const std::size_t first = text_.find_first_not_of(" \t;", begin);
      if (first < line_end && text_.substr(first, 2) == "--") AddComment(first, line_end);
      begin = line_end + 1;
    }
  }

  void AddComment(std::size_t begin, std::size_t end) {
    std::string_view comment = text_.substr(begin, end - begin);
    if (comment.starts_with("/*")) comment.remove_suffix(std::min<std::size_t>(2, comment.size()));
    while (!comment.empty() && (comment.back() == ' ' || comment.back() == '\r' || comment.back() == '\n'))
      comment.remove_suffix(1);
    std::size_t at = std::min(comment.find_first_not_of("-/* \t"), comment.size());
    if (!comment.substr(at).starts_with(kLabel)) return;
    at = std::min(comment.find_first_not_of(" \t", at + kLabel.size()), comment.size());
    hints_.push_back({begin, begin + at, begin + comment.size()});
  }

  void Report(std::size_t begin, std::size_t end, DiagnosticKind kind, std::string message,
              std::string fix = "") {
    sink_.Report(Diagnostic(kind,
                            Span{source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                            std::move(message))
                     .Fix(std::move(fix)));
  }

  // The thing that begins last on the comment's line before it; else the next one, if the line is the
  // comment's own.
  [[nodiscard]] const Thing* ThingOf(const Hint& hint) const {
    const std::size_t feed = text_.rfind('\n', hint.comment);
    const std::size_t line = feed == std::string_view::npos ? 0 : feed + 1;
    const Thing* before = nullptr;
    const Thing* after = nullptr;
    for (const Thing& thing : things_) {
      if (thing.begin >= line && thing.begin < hint.comment) before = &thing;
      if (thing.begin > hint.comment && after == nullptr) after = &thing;
    }
    if (before != nullptr) return before;
    return text_.find_first_not_of(" \t", line) == hint.comment ? after : nullptr;
  }

  // Where the thing is in the catalog: a bare name must be there in one schema only.
  [[nodiscard]] std::optional<ObjectAddress> AddressOf(const Thing& thing) const {
    std::vector<ObjectAddress> found;
    for (const auto& [address, object] : catalog_.objects()) {
      if (address.kind != ObjectKind::Schema) break;  // Schemas come first.
      if (!thing.name.schema.empty() && thing.name.schema != address.name) continue;
      const QualifiedName name{address.name, thing.name.name};
      const auto one = thing.is_type ? catalog_.FindType(name) : catalog_.FindRelation(name);
      if (one) found.push_back(*one);
    }
    if (found.size() != 1) return std::nullopt;
    if (thing.column.empty()) return found.front();
    const ObjectAddress column{ObjectKind::Column, found.front().schema, found.front().name, thing.column};
    return catalog_.Has(column) ? std::optional(column) : std::nullopt;
  }

  void Apply(const Hint& hint) {
    const Thing* thing = ThingOf(hint);
    if (thing == nullptr) {
      return Report(hint.begin, hint.end, DiagnosticKind::InvalidDefinition,
                    "this hint stands at nothing that takes one",
                    "put it on the line of a column, or of a CREATE TABLE, VIEW, TYPE, SEQUENCE or INDEX");
    }
    const std::optional<ObjectAddress> address = AddressOf(*thing);
    if (!address) {
      return Report(hint.begin, hint.end, DiagnosticKind::UnknownName,
                    "what this hint is about is not there in the end, or in several schemas",
                    "write the schema in CREATE");
    }
    const std::string_view words = text_.substr(hint.begin, hint.end - hint.begin);
    if (words.starts_with(kWas)) return AddRename(hint, *address);
    if (words.starts_with(kBackfill) && address->kind == ObjectKind::Column)
      return AddBackfill(hint, *address);
    Report(hint.begin, hint.end, DiagnosticKind::InvalidDefinition, "no hint reads like this",
           "was OLD_NAME, or at a column: backfill EXPRESSION");
  }

  void AddRename(const Hint& hint, const ObjectAddress& address) {
    const Tokens tokens(text_, hint.begin + kWas.size(), hint.end);
    const bool is_name = tokens.tokens().size() == 1 && (tokens.tokens()[0].kind == TokenKind::Word ||
                                                         tokens.tokens()[0].kind == TokenKind::Quoted);
    const auto tree = is_name
                          ? ParseTree::Parse("SELECT 1 AS " + std::string(tokens.Text(tokens.tokens()[0])))
                          : ErrorOr<ParseTree>(Error{});
    if (!tree) {
      return Report(hint.begin, hint.end, DiagnosticKind::InvalidDefinition, "\"was\" takes one name",
                    "without schema or table, quoted as in SQL");
    }
    const PgQuery__SelectStmt& select = *tree->result().stmts[0]->stmt->select_stmt;
    ObjectAddress from = address;
    schema::SetOwnName(from, select.target_list[0]->res_target->name);
    if (!(from == address)) intent_.renames.push_back({from, address});
  }

  // A column's old name is that in the table's old name.
  void NameOldTables() {
    for (schema::Rename& part : intent_.renames) {
      if (!schema::IsTablePart(part.to.kind)) continue;
      for (const schema::Rename& table : intent_.renames) {
        if (table.to == schema::TableOf(part.to)) part.from.name = table.from.name;
      }
    }
  }

  void AddBackfill(const Hint& hint, const ObjectAddress& address) {
    const schema::Table* table = catalog_.FindTable(address.qualified());
    const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(address.member);
    if (column == nullptr) return;
    Scope scope;
    scope.catalog = &catalog_;
    scope.table = table;
    scope.value_type = column->type;
    const std::size_t begin = hint.begin + kBackfill.size();
    auto value = ParseExpression(text_.substr(begin, hint.end - begin), scope);
    if (!value) {
      const std::size_t at = begin + value.error().offset.value_or(0);
      return Report(at, std::min(hint.end, at + value.error().length), value.error().kind,
                    value.error().message, value.error().fix);
    }
    intent_.backfills.insert_or_assign(address, *std::move(value));
  }

  SourceId source_;
  std::string_view text_;
  const schema::Catalog& catalog_;
  schema::Intent& intent_;
  DiagnosticSink& sink_;
  std::vector<Thing> things_;
  std::vector<Hint> hints_;
};

}  // namespace

void ReadHints(SourceId source, const Sources& sources, const schema::Catalog& catalog,
               schema::Intent& intent, DiagnosticSink& sink) {
  // Most SQL has none, and may be large.
  if (sources.Get(source).text.find(kLabel) == std::string::npos) return;
  HintReader(source, sources, catalog, intent, sink).Run();
}

}  // namespace schemac::sql
