#include "compiler/analyze/table_unit.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include <fmt/format.h>

#include "compiler/analyze/words.h"
#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/edit/limits.h"

namespace schemac::analyze {

using schema::ObjectKind;

namespace {

// What a member is called, and in which of the table's name spaces; no name when it has none of its own.
struct MemberName {
  std::string_view space;
  const ast::Name* name = nullptr;
};

MemberName NameOf(const ast::TableMember& member) {
  return std::visit(Overloaded{
                        [](const ast::Column& column) {
                          return MemberName{"column", &column.name};
                        },
                        [](const ast::Constraint& constraint) {
                          return MemberName{"constraint", constraint.name ? &*constraint.name : nullptr};
                        },
                        [](const ast::Index& index) {
                          return MemberName{"index", index.name ? &*index.name : nullptr};
                        },
                        [](const ast::AttachedPart& part) {
                          return MemberName{part.is_index ? "index" : "constraint", &part.name};
                        },
                        [](const ast::Trigger& trigger) {
                          return MemberName{"trigger", &trigger.name};
                        },
                        [](const ast::Policy& policy) {
                          return MemberName{"policy", &policy.name};
                        },
                        [](const ast::Rule& rule) {
                          return MemberName{"rule", &rule.name};
                        },
                        [](const ast::TableSetting&) {
                          return MemberName{"", nullptr};
                        },
                        [](const ast::Grant&) {
                          return MemberName{"", nullptr};
                        },
                    },
                    member);
}

// The names of a table's members so far, to notice those used twice.
class MemberNames {
 public:
  MemberNames(Context& context, const ast::Table& table) : context_(context), table_(table) {
    seen_.reserve(table.members.size());
  }

  // Whether the member can be taken: its names are free, or it has none.
  bool Enter(const MemberUse& use) {
    const auto [space, name] = NameOf(*use.member);
    bool free = name == nullptr || EnterName(space, *name, use.mixin);
    if (const auto* column = std::get_if<ast::Column>(use.member)) {
      for (const ast::Constraint& constraint : column->constraints) {
        if (constraint.name) free = EnterName("constraint", *constraint.name, use.mixin) && free;
      }
    }
    return free;
  }

 private:
  struct Key {
    std::string_view space;
    std::string_view name;
    bool operator==(const Key&) const = default;
  };
  struct HashOfName {
    std::size_t operator()(const Key& key) const { return std::hash<std::string_view>()(key.name); }
  };
  struct Seen {
    Span span;
    const ast::Mixin* mixin = nullptr;
  };

  bool EnterName(std::string_view space, const ast::Name& name, const ast::Mixin* mixin) {
    context_.CheckName(name);
    auto [found, added] = seen_.try_emplace(Key{space, name.text}, Seen{name.span, mixin});
    if (added) return true;
    const Seen& first = found->second;
    const bool by_mixin = first.mixin != nullptr || mixin != nullptr;
    std::string message = fmt::format("{} {} stands twice in table {}", space, Quoted(name.text),
                                      Quoted(SpellName(table_.name)));
    if (mixin != nullptr) message += fmt::format(", once by mixin {}", Quoted(mixin->name.text));
    Diagnostic diagnostic(by_mixin ? DiagnosticKind::MixinConflict : DiagnosticKind::DuplicateName, name.span,
                          message);
    diagnostic.notes.push_back({first.span, "first declared here"});
    if (mixin != nullptr) diagnostic.notes.push_back({table_.name.span, "in this table"});
    context_.Report(std::move(diagnostic));
    return false;
  }

  Context& context_;
  const ast::Table& table_;
  std::unordered_map<Key, Seen, HashOfName> seen_;
};

const MixinUnit* FindMixin(Context& context, const ast::Name& name, const Mixins& mixins) {
  auto found = mixins.find(name.text);
  if (found != mixins.end()) return &found->second;
  std::vector<std::string> candidates;
  for (const auto& [candidate, mixin] : mixins) candidates.push_back(candidate);
  const std::string nearest = Nearest(name.text, candidates);
  context.Report(
      Diagnostic(DiagnosticKind::UnknownName, name.span, fmt::format("no mixin {}", Quoted(name.text)))
          .Fix(nearest.empty() ? "" : fmt::format("write {}", QuoteIdentifier(nearest))));
  return nullptr;
}

void AddToPath(Namespace& where, const std::string& schema) {
  auto& path = where.search_path;
  if (std::find(path.begin(), path.end(), schema) != path.end()) return;
  const bool ends_in_public = path.size() > 1 && path.back() == "public";
  path.insert(ends_in_public ? path.end() - 1 : path.end(), schema);
}

// The columns that parents give. False when one of the parents is not declared (yet).
bool TakeParents(Context& context, const TableUnit& table, schema::Table& made, bool last) {
  for (const ast::QualifiedName* parent : ParentsOf(*table.node)) {
    auto address = last ? context.FindRelation(*parent, table.where) : context.LookUp(*parent, table.where);
    const schema::Table* found = address ? context.catalog.Get<schema::Table>(*address) : nullptr;
    if (found == nullptr && !last) return false;
    if (found == nullptr) continue;
    for (const schema::Column& column : found->columns) {
      if (made.FindColumn(column.name) != nullptr) continue;
      made.columns.push_back({});
      made.columns.back().name = column.name;
      made.columns.back().type = column.type;
      made.columns.back().inherited = true;
    }
  }
  return true;
}

bool MayNameSequence(const Context& context, const ast::Column& column) {
  const auto has = [&](const Span& span, std::string_view word) {
    const std::string_view text = context.Text(span);
    const auto is_same = [](char one, char other) { return Lower(one) == other; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), is_same) != text.end();
  };
  if (has(column.type.span, kTypeOfSequences)) return true;
  const auto* sql = column.default_value ? std::get_if<ast::SqlText>(&*column.default_value) : nullptr;
  return sql != nullptr &&
         std::ranges::any_of(kWordsOfSequences, [&](std::string_view word) { return has(sql->span, word); });
}

// Whether it says from what it was made, or how.
bool HasHint(const ast::TableMember& member) {
  const auto* column = std::get_if<ast::Column>(&member);
  if (column != nullptr) return column->was || column->backfill;
  const auto* index = std::get_if<ast::Index>(&member);
  return index != nullptr && (index->was || index->concurrently);
}

// Whether it is none of those that are built with the table, its keys and its indexes.
bool IsPart(const ast::TableMember& member) {
  return !std::holds_alternative<ast::Column>(member) && !std::holds_alternative<ast::Constraint>(member) &&
         !std::holds_alternative<ast::Index>(member) && !std::holds_alternative<ast::AttachedPart>(member);
}

// The integer type behind serial, or "".
std::string_view SerialType(std::string_view name) {
  if (name == "serial" || name == "serial4") return "integer";
  if (name == "bigserial" || name == "serial8") return "bigint";
  if (name == "smallserial" || name == "serial2") return "smallint";
  return "";
}

}  // namespace

std::vector<const ast::QualifiedName*> ParentsOf(const ast::Table& table) {
  std::vector<const ast::QualifiedName*> parents;
  for (const ast::QualifiedName& parent : table.inherits) parents.push_back(&parent);
  if (table.partition_of) parents.push_back(&*table.partition_of);
  return parents;
}

TableUnit ExpandTable(Context& context, const ast::Table& table, const Namespace& where,
                      const Mixins& mixins) {
  TableUnit unit;
  unit.node = &table;
  unit.where = where;
  unit.name = context.Declare(table.name, where);
  MemberNames names(context, table);
  std::set<const ast::Mixin*> taken;
  std::size_t columns = 0;
  const auto take = [&](const MemberUse& use) {
    if (!names.Enter(use)) return;
    const auto* column = std::get_if<ast::Column>(use.member);
    if (column != nullptr) {
      auto fits = schema::CheckColumnCount(++columns);
      if (!fits) {
        // Said once, of the first that is too many.
        if (columns == schema::kMostColumns + 1)
          context.Report(
              Diagnostic(DiagnosticKind::InvalidDefinition, column->name.span, fits.error().message));
        return;
      }
    }
    unit.members.push_back(use);
    if (HasHint(*use.member)) unit.hinted.push_back(use);
    if (IsPart(*use.member)) unit.parts.push_back(use);
    if (const auto* constraint = std::get_if<ast::Constraint>(use.member))
      unit.constraints.push_back({constraint, nullptr});
    if (column == nullptr) return;
    unit.may_name_sequence = unit.may_name_sequence || MayNameSequence(context, *column);
    for (const ast::Constraint& constraint : column->constraints)
      unit.constraints.push_back({&constraint, &column->name});
  };
  unit.members.reserve(table.members.size());
  for (const ast::TableMember& member : table.members) take({&member, nullptr});
  for (const ast::Name& name : table.mixins) {
    const MixinUnit* mixin = FindMixin(context, name, mixins);
    if (mixin == nullptr) continue;
    if (!taken.insert(mixin->node).second) {
      context.Report(Diagnostic(DiagnosticKind::MixinConflict, name.span,
                                fmt::format("mixin {} stands twice", Quoted(name.text))));
      continue;
    }
    AddToPath(unit.where, mixin->schema);
    for (const ast::TableMember& member : mixin->node->members) take({&member, mixin->node});
  }
  return unit;
}

const schema::Type* ResolveType(Context& context, const ast::TypeName& type, const Namespace& where,
                                Error* error) {
  const std::string_view text = context.Text(type.span);
  auto& known = context.type_cache[where.search_path.front()];
  if (const auto found = known.find(text); found != known.end()) return &found->second;
  const std::vector<Word> words = ScanWords(text);
  if (words.size() == 1 && words[0].IsName()) {
    const std::string_view serial = SerialType(words[0].text);
    if (!serial.empty())
      return &known.try_emplace(text, schema::Type{"", std::string(serial), "", false}).first->second;
  }
  auto found = sql::ParseType(text, context.ScopeOf(where));
  if (found) return &known.try_emplace(text, *std::move(found)).first->second;
  *error = found.error();
  return nullptr;
}

void ReportType(Context& context, const ast::TypeName& type, const Error& error) {
  SqlTemplate text(context.sources, type.span);
  text.AddSource(type.span);
  Error shown = error;
  if (shown.kind == DiagnosticKind::UnknownType && shown.fix.empty()) {
    const std::vector<Word> words = ScanWords(context.Text(type.span));
    std::string name;
    for (const Word& word : words) {
      if (!word.IsName() && word.text != ".") break;
      if (word.IsName()) name = word.text;
    }
    std::vector<std::string> candidates{
        "integer", "bigint", "smallint",    "text",      "varchar", "boolean", "numeric", "uuid",
        "jsonb",   "json",   "timestamptz", "timestamp", "date",    "bytea",   "serial",  "bigserial"};
    for (const auto& [address, object] : context.catalog.objects()) {
      const bool is_type = address.kind == ObjectKind::Enum || address.kind == ObjectKind::Composite ||
                           address.kind == ObjectKind::Domain || address.kind == ObjectKind::Range;
      if (is_type) candidates.push_back(address.name);
    }
    const std::string nearest = Nearest(name, candidates);
    if (!nearest.empty()) shown.fix = fmt::format("write {}", QuoteIdentifier(nearest));
    if (words.size() == 1) shown.offset.reset();  // The whole of it.
  }
  context.Report(shown, text);
}

namespace {

// The table's own columns beside those of its parents. False when a type is not known (yet). With `last`, it
// is reported, and taken for text.
bool AddColumns(Context& context, TableUnit& table, schema::Table& made, bool last) {
  const std::size_t inherited = made.columns.size();
  made.columns.reserve(inherited + table.members.size());
  for (const MemberUse& use : table.members) {
    const auto* column = std::get_if<ast::Column>(use.member);
    if (column == nullptr) continue;
    Error error;
    const schema::Type* type = ResolveType(context, column->type, table.where, &error);
    if (type == nullptr) {
      if (!last) return false;
      ReportType(context, column->type, error);
      table.untyped.insert(column);
    }
    if (inherited > 0 && made.FindColumn(column->name.text) != nullptr) continue;
    schema::Column& added = made.columns.emplace_back();
    added.name = column->name.text;
    if (type != nullptr) {
      added.type = *type;
    } else {
      added.type.name = "text";
    }
  }
  return true;
}

}  // namespace

bool DeclareTable(Context& context, TableUnit& table, bool last) {
  schema::Table made;
  made.name = table.name;
  if (table.is_mentioned) {
    if (!TakeParents(context, table, made, last) || !AddColumns(context, table, made, last)) return false;
  }
  context.catalog.Put(std::move(made));
  table.usable = true;
  return true;
}

schema::Table TakeDeclared(Context& context, TableUnit& table) {
  auto declared = std::get<schema::Table>(context.catalog.Take(table.address()));
  if (!table.is_mentioned) AddColumns(context, table, declared, true);
  return declared;
}

}  // namespace schemac::analyze
