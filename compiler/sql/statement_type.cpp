// Enums, composite types and range types.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_column.h"
#include "compiler/sql/statements.h"
#include "compiler/support/quote.h"
#include "schema/edit/limits.h"
#include "schema/edit/names.h"
#include "schema/edit/rename.h"

namespace schemac::sql {

using schema::Composite;
using schema::CompositeAttribute;
using schema::Enum;
using schema::ObjectKind;
using schema::QualifiedName;

namespace {

// Longer labels are refused rather than cut.
Done CheckLabel(const std::string& label) {
  if (label.size() <= kLongestIdentifier) return Ok();
  return ErrorAt(-1, fmt::format("invalid enum label \"{}\": labels must be 63 bytes or less", label),
                 DiagnosticKind::NameTooLong);
}

ErrorOr<Enum*> ResolveEnum(const Session& session, NodeList names) {
  const QualifiedName written = SplitName(names);
  const auto address = ResolveType(session, written);
  if (!address) return address.error();
  auto* found = session.catalog->GetMutable<Enum>(*address);
  if (found == nullptr) return ErrorAt(-1, fmt::format("{} is not an enum", Written(written)));
  return found;
}

ErrorOr<CompositeAttribute> BuildAttribute(const Session& session, const PgQuery__ColumnDef& definition) {
  schema::Column column;
  ColumnDraft draft;
  if (Done read = DraftColumn(session, ScopeOf(session), definition, column, draft); !read)
    return read.error();
  CompositeAttribute attribute;
  attribute.name = std::move(column.name);
  attribute.type = std::move(column.type);
  attribute.collation = std::move(column.collation);
  return attribute;
}

Done AddAttribute(const Session& session, Composite& composite, const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF)
    return ErrorAt(-1, "an attribute is required");
  auto attribute = BuildAttribute(session, *node->column_def);
  if (!attribute) return attribute.error();
  if (std::ranges::find(composite.attributes, attribute->name, &CompositeAttribute::name) !=
      composite.attributes.end()) {
    return ErrorAt(
        node->column_def->location,
        fmt::format("column \"{}\" of relation \"{}\" already exists", attribute->name, composite.name.name),
        DiagnosticKind::DuplicateName);
  }
  if (auto fits = schema::CheckColumnCount(composite.attributes.size() + 1); !fits) return fits;
  composite.attributes.push_back(std::move(*attribute));
  return Ok();
}

Done AlterAttribute(const Session& session, Composite& composite, const PgQuery__AlterTableCmd& command) {
  const auto attribute =
      std::ranges::find(composite.attributes, std::string_view(command.name), &CompositeAttribute::name);
  if (attribute == composite.attributes.end()) {
    if (command.missing_ok) return Ok();
    return ErrorAt(
        -1, fmt::format("column \"{}\" of relation \"{}\" does not exist", command.name, composite.name.name),
        DiagnosticKind::UnknownColumn);
  }
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn) {
    composite.attributes.erase(attribute);
    return Ok();
  }
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  auto type = MakeType(*definition.type_name, ScopeOf(session));
  if (!type) return type.error();
  auto collation = CollationOf(session, definition.coll_clause, *type);
  if (!collation) return collation.error();
  attribute->type = *type;
  attribute->collation = *collation;
  return Ok();
}

// typecmds.c, makeMultirangeTypeName: "range" within the name becomes "multirange", or "_multirange" is
// added.
std::string DefaultMultirangeName(const std::string& range) {
  const std::size_t position = range.find("range");
  if (position == std::string::npos) return schema::MakeObjectName(range, "", "multirange");
  return std::string(TruncateIdentifier(range.substr(0, position) + "multi" + range.substr(position)));
}

}  // namespace

Done CreateEnum(Session& session, const PgQuery__CreateEnumStmt& statement) {
  const auto name = NameForNew(session, SplitName({statement.type_name, statement.n_type_name}));
  if (!name) return name.error();
  Enum type;
  type.name = *name;
  type.labels = StringsOf({statement.vals, statement.n_vals});
  std::set<std::string_view> seen;
  for (const std::string& label : type.labels) {
    if (auto checked = CheckLabel(label); !checked) return checked;
    if (!seen.insert(label).second) {
      return ErrorAt(-1, fmt::format("enum label \"{}\" used more than once", label),
                     DiagnosticKind::DuplicateName);
    }
  }
  return schema::Create(*session.catalog, std::move(type));
}

Done AlterEnum(Session& session, const PgQuery__AlterEnumStmt& statement) {
  const auto found = ResolveEnum(session, {statement.type_name, statement.n_type_name});
  if (!found) return found.error();
  Enum& type = **found;
  const std::string label = statement.new_val;
  if (auto checked = CheckLabel(label); !checked) return checked;
  if (statement.old_val[0] != '\0') {
    if (label.empty())
      return ErrorAt(-1, "a label becomes the empty text, which is not followed here",
                     DiagnosticKind::Unsupported);
    const schema::QualifiedName& name = type.name;
    return schema::ApplyRename(*session.catalog,
                               {{ObjectKind::Enum, name.schema, name.name, statement.old_val},
                                {ObjectKind::Enum, name.schema, name.name, label}});
  }
  if (std::ranges::find(type.labels, label) != type.labels.end()) {
    if (statement.skip_if_new_val_exists) return Ok();
    return ErrorAt(-1, fmt::format("enum label \"{}\" already exists", label), DiagnosticKind::DuplicateName);
  }
  auto position = type.labels.end();
  if (statement.new_val_neighbor[0] != '\0') {
    position = std::ranges::find(type.labels, std::string_view(statement.new_val_neighbor));
    if (position == type.labels.end()) {
      return ErrorAt(-1, fmt::format("\"{}\" is not an existing enum label", statement.new_val_neighbor));
    }
    if (statement.new_val_is_after) ++position;
  }
  type.labels.insert(position, label);
  return Ok();
}

Done CreateComposite(Session& session, const PgQuery__CompositeTypeStmt& statement) {
  const auto name = NameForNew(session, SplitName(*statement.typevar), statement.typevar->location);
  if (!name) return name.error();
  Composite composite;
  composite.name = *name;
  for (const PgQuery__Node* node : NodeList{statement.coldeflist, statement.n_coldeflist}) {
    if (auto added = AddAttribute(session, composite, node); !added) return added;
  }
  return schema::Create(*session.catalog, std::move(composite));
}

Done AlterComposite(Session& session, Composite& composite, NodeList commands) {
  for (const PgQuery__Node* node : commands) {
    if (node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) continue;
    const PgQuery__AlterTableCmd& command = *node->alter_table_cmd;
    Done done = Ok();
    switch (command.subtype) {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        done = AddAttribute(session, composite, command.def);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        done = AlterAttribute(session, composite, command);
        break;
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        break;
      default:
        done = Unsupported(-1, "this action of ALTER TYPE");
    }
    if (!done) return done;
  }
  return Ok();
}

Done CreateRange(Session& session, const PgQuery__CreateRangeStmt& statement) {
  const auto name = NameForNew(session, SplitName({statement.type_name, statement.n_type_name}));
  if (!name) return name.error();
  schema::Range range;
  range.name = *name;
  for (const PgQuery__Node* node : NodeList{statement.params, statement.n_params}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string key = option.defname;
    if (key != "subtype") {
      range.options[key] = OptionText(option);
      continue;
    }
    if (option.arg == nullptr || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
      return ErrorAt(option.location, "a subtype is required");
    }
    auto subtype = MakeType(*option.arg->type_name, ScopeOf(session));
    if (!subtype) return subtype.error();
    range.subtype = *subtype;
  }
  if (const auto multirange = range.options.find("multirange_type_name"); multirange != range.options.end()) {
    const std::string given = multirange->second.substr(multirange->second.rfind('.') + 1);
    if (given == DefaultMultirangeName(range.name.name)) range.options.erase("multirange_type_name");
  }
  if (range.subtype.name.empty()) return ErrorAt(-1, "type attribute \"subtype\" is required");
  return schema::Create(*session.catalog, std::move(range));
}

}  // namespace schemac::sql
