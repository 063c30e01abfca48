// ALTER TABLE's actions on columns.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/statement_alter_table.h"
#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statement_sequence.h"
#include "compiler/support/characters.h"
#include "schema/dependencies.h"
#include "schema/storage.h"
#include "schema/type.h"

namespace schemac::sql {

using schema::Column;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

Table& TableNamed(Session& session, const QualifiedName& name) {
  return *session.catalog->GetMutable<Table>(TableAddress(name));
}

// The column on the children; those that lack it are let be.
template <typename Action>
Done OnChildren(Session& session, const QualifiedName& table, std::string_view column, bool recurse,
                const Action& action) {
  if (!recurse) return Ok();
  for (const QualifiedName& child : session.catalog->ChildrenOf(table)) {
    if (TableNamed(session, child).FindColumn(column) == nullptr) continue;
    if (Done done = action(child); !done) return done;
  }
  return Ok();
}

Done AddInheritedColumn(Session& session, const QualifiedName& table, Column column,
                        const QualifiedName& from) {
  if (column.default_value) Retarget(*column.default_value, from, table);
  if (column.generated) Retarget(*column.generated, from, table);
  Table& child = TableNamed(session, table);
  if (const Column* existing = child.FindColumn(column.name)) {
    if (existing->type == column.type) return Ok();
    return ErrorAt(
        -1, fmt::format("child table \"{}\" has different type for column \"{}\"", table.name, column.name));
  }
  child.columns.push_back(column);
  for (const QualifiedName& grandchild : session.catalog->ChildrenOf(table)) {
    if (Done done = AddInheritedColumn(session, grandchild, column, table); !done) return done;
  }
  return Ok();
}

Done AddColumn(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command,
               bool recurse) {
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  if (TableNamed(session, name).FindColumn(definition.colname) != nullptr && command.missing_ok) return Ok();
  Column column;
  ColumnDraft draft;
  Scope scope = ScopeOf(session);
  if (Done read = DraftColumn(session, scope, definition, column, draft); !read) return read;
  Table seen = TableNamed(session, name);
  if (seen.FindColumn(column.name) != nullptr) {
    return ErrorAt(definition.location,
                   fmt::format("column \"{}\" of relation \"{}\" already exists", column.name, name.name),
                   DiagnosticKind::DuplicateName);
  }
  seen.columns.push_back(column);
  if (Done done = FinishColumn(session, seen, draft, scope, column); !done) return done;
  if (Done done = schema::AddColumn(*session.catalog, name, column); !done) return done;
  if (!draft.serial_type.empty()) OwnSequence(session, name, column);
  if (recurse) {
    Column inherited = column;
    inherited.identity.reset();
    inherited.inherited = true;
    for (const QualifiedName& child : session.catalog->ChildrenOf(name)) {
      if (Done done = AddInheritedColumn(session, child, inherited, name); !done) return done;
    }
  }
  for (const PendingConstraint& pending : draft.constraints) {
    if (Done done = AddPendingConstraint(session, name, pending, recurse); !done) return done;
  }
  return Ok();
}

Done DropColumn(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command,
                bool recurse) {
  const Column* column = TableNamed(session, name).FindColumn(command.name);
  if (column == nullptr && command.missing_ok) return Ok();
  if (column == nullptr) {
    return ErrorAt(-1,
                   fmt::format("column \"{}\" of relation \"{}\" does not exist", command.name, name.name),
                   DiagnosticKind::UnknownColumn);
  }
  const bool cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  // The children lose it before, unless they have it for themselves.
  const Done below = OnChildren(session, name, command.name, true, [&](const QualifiedName& child) {
    Column& own = *TableNamed(session, child).FindColumn(command.name);
    if (recurse && own.inherited) return DropColumn(session, child, command, true);
    own.inherited = false;
    return Ok();
  });
  if (!below) return below;
  return schema::DropColumn(*session.catalog, name, command.name, cascade);
}

// What the server refuses to alter a column's type under (tablecmds.c, RememberAllDependentForRebuilding).
Done CheckTypeMayChange(const Session& session, const QualifiedName& name, const std::string& column) {
  const ObjectAddress address{ObjectKind::Column, name.schema, name.name, column};
  static constexpr auto kHolders =
      std::to_array<std::pair<ObjectKind, std::string_view>>({{ObjectKind::View, "a view or rule"},
                                                              {ObjectKind::Trigger, "a trigger definition"},
                                                              {ObjectKind::Policy, "a policy definition"},
                                                              {ObjectKind::Rule, "a view or rule"}});
  const auto& objects = session.catalog->objects();
  for (const auto& [kind, what] : kHolders) {
    for (auto it = objects.lower_bound({kind, "", "", ""}); it != objects.end() && it->first.kind == kind;
         ++it) {
      bool uses = false;
      schema::ForEachDependency(it->second, [&](const ObjectAddress& target, schema::DependencyKind) {
        uses = uses || target == address;
      });
      if (!uses) continue;
      return ErrorAt(
          -1, fmt::format("cannot alter type of a column used by {}: {}", what, schema::Describe(it->first)));
    }
  }
  const Table* table = session.catalog->FindTable(name);
  for (const Column& other : table->columns) {
    if (!other.generated) continue;
    for (const schema::Reference& reference : other.generated->references) {
      if (reference.target == address)
        return ErrorAt(-1, "cannot alter type of a column used by a generated column");
    }
  }
  return Ok();
}

// A string default keeps the type that it was read with: 'x' of a varchar column is 'x'::character varying in
// a text column.
Done ConvertDefault(const Session& session, const schema::Type& from, Column& column) {
  if (!column.default_value || column.default_value->text.empty() || from.name == column.type.name)
    return Ok();
  const std::string& text = column.default_value->text;
  const bool is_bare_literal = text.front() == '\'' && text.find("::") == std::string::npos;
  if (!is_bare_literal) return Ok();
  schema::Type bare = from;
  bare.modifiers.clear();
  Scope scope = DefaultScope(session, column.type);
  scope.search_path = {"public"};
  auto value = ParseExpression(text + "::" + schema::FormatType(bare), scope);
  if (!value) return value.error();
  column.default_value = std::move(*value);
  return Ok();
}

Done SetType(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command,
             bool recurse) {
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  Column& column = *TableNamed(session, name).FindColumn(command.name);
  auto type = MakeType(*definition.type_name, ScopeOf(session));
  if (!type) return type.error();
  auto collation = CollationOf(session, definition.coll_clause, *type);
  if (!collation) return collation.error();
  if (Done checked = CheckTypeMayChange(session, name, command.name); !checked) return checked;
  const schema::Type from = column.type;
  if (from.name != type->name || from.schema != type->schema || from.array != type->array) {
    column.storage.clear();
  }
  column.type = *type;
  column.collation = *collation;
  if (column.identity) {
    if (Done followed = FollowColumnType(from, *type, column.identity->options); !followed) return followed;
  }
  if (Done converted = ConvertDefault(session, from, column); !converted) return converted;
  return OnChildren(session, name, command.name, recurse,
                    [&](const QualifiedName& child) { return SetType(session, child, command, true); });
}

Done SetDefault(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command,
                bool recurse) {
  Column& column = *TableNamed(session, name).FindColumn(command.name);
  if (column.identity || column.generated) {
    return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" is {}", column.name, name.name,
                                   column.identity ? "an identity column" : "a generated column"));
  }
  column.default_value.reset();
  if (command.def != nullptr) {
    auto value = MakeExpression(*command.def, *session.tokens, DefaultScope(session, column.type));
    if (!value) return value.error();
    if (!IsNoDefault(session, *command.def, column.type)) column.default_value = std::move(*value);
  }
  return OnChildren(session, name, command.name, recurse,
                    [&](const QualifiedName& child) { return SetDefault(session, child, command, true); });
}

Done SetNotNull(Session& session, const QualifiedName& name, std::string_view column, bool not_null,
                bool recurse) {
  if (!not_null) {
    for (const schema::Object* part : session.catalog->PartsOf(name, ObjectKind::Constraint)) {
      const auto& constraint = std::get<schema::Constraint>(*part);
      if (constraint.kind == schema::ConstraintKind::PrimaryKey &&
          std::ranges::find(constraint.columns, column) != constraint.columns.end()) {
        return ErrorAt(-1, fmt::format("column \"{}\" is in a primary key", column));
      }
    }
  }
  Column& changed = *TableNamed(session, name).FindColumn(column);
  if (!not_null && changed.identity)
    return ErrorAt(-1, fmt::format("column \"{}\" is an identity column", column));
  changed.not_null = not_null;
  return OnChildren(session, name, column, recurse, [&](const QualifiedName& child) {
    return SetNotNull(session, child, column, not_null, true);
  });
}

Done AddIdentity(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command) {
  Table& table = TableNamed(session, name);
  Column column = *table.FindColumn(command.name);
  if (column.identity)
    return ErrorAt(-1, fmt::format("column \"{}\" is already an identity column", column.name));
  if (!column.not_null)
    return ErrorAt(
        -1, fmt::format("column \"{}\" must be declared NOT NULL before identity can be added", column.name));
  if (column.default_value)
    return ErrorAt(-1, fmt::format("column \"{}\" already has a default value", column.name));
  ColumnDraft draft;
  draft.identity_node = command.def->constraint;
  Scope scope = ScopeOf(session);
  if (Done done = FinishColumn(session, table, draft, scope, column); !done) return done;
  // Put, not changed in place: the sequence's name is entered among the relations.
  Table changed = table;
  *changed.FindColumn(command.name) = std::move(column);
  session.catalog->Put(std::move(changed));
  return Ok();
}

Done DropIdentity(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command) {
  Table changed = TableNamed(session, name);
  Column& column = *changed.FindColumn(command.name);
  if (!column.identity && !command.missing_ok) {
    return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" is not an identity column", column.name,
                                   name.name));
  }
  column.identity.reset();
  session.catalog->Put(std::move(changed));
  return Ok();
}

Done SetIdentity(Session& session, const QualifiedName& name, const PgQuery__AlterTableCmd& command) {
  Column& column = *TableNamed(session, name).FindColumn(command.name);
  if (!column.identity) {
    return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" is not an identity column", column.name,
                                   name.name));
  }
  std::vector<PgQuery__Node*> options;
  for (PgQuery__Node* node : ListItems(command.def)) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    if (std::string_view(node->def_elem->defname) != "generated") {
      options.push_back(node);
      continue;
    }
    const PgQuery__Node* kind = node->def_elem->arg;
    const bool by_default =
        kind != nullptr && kind->node_case == PG_QUERY__NODE__NODE_INTEGER && kind->integer->ival == 'd';
    column.identity->kind = by_default ? schema::IdentityKind::ByDefault : schema::IdentityKind::Always;
  }
  schema::Type type = column.type;
  const auto clauses = ApplySequenceOptions(session, options, false, type, column.identity->options);
  return clauses ? Ok() : Done(clauses.error());
}

Done SetAttribute(const Session& session, Column& column, const PgQuery__AlterTableCmd& command) {
  const std::string word(command.def == nullptr ? "" : StringOf(command.def));
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage: {
      const std::string storage = Lower(word);
      column.storage =
          storage == "default" || storage == schema::OwnStorage(*session.catalog, column.type) ? "" : storage;
      return Ok();
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
      column.compression = word == "default" ? "" : word;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      if (!column.generated && !command.missing_ok) {
        return ErrorAt(-1, fmt::format("column \"{}\" is not a stored generated column", column.name));
      }
      column.generated.reset();
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics: {
      const int target = command.def != nullptr && command.def->node_case == PG_QUERY__NODE__NODE_INTEGER
                             ? command.def->integer->ival
                             : -1;
      column.statistics = target < 0 ? std::nullopt : std::optional<int>(target);
      return Ok();
    }
    default: {
      auto changed = OptionsOf(ListItems(command.def));
      if (!changed) return changed.error();
      for (const auto& [key, value] : *changed) {
        column.options.erase(key);
        if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions) column.options[key] = value;
      }
      return Ok();
    }
  }
}

}  // namespace

std::optional<Done> AlterColumnAction(Session& session, const QualifiedName& table,
                                      const PgQuery__AlterTableCmd& command, bool recurse) {
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn)
    return AddColumn(session, table, command, recurse);
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn)
    return DropColumn(session, table, command, recurse);
  static constexpr auto kColumnActions = std::to_array<PgQuery__AlterTableType>({
      PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull,
      PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions,
  });
  if (std::ranges::find(kColumnActions, command.subtype) == kColumnActions.end()) return std::nullopt;
  Column* column = TableNamed(session, table).FindColumn(command.name);
  if (column == nullptr) {
    return ErrorAt(-1,
                   fmt::format("column \"{}\" of relation \"{}\" does not exist", command.name, table.name),
                   DiagnosticKind::UnknownColumn);
  }
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return SetType(session, table, command, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return SetDefault(session, table, command, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      return SetNotNull(session, table, command.name, true, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      return SetNotNull(session, table, command.name, false, recurse);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return AddIdentity(session, table, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
      return SetIdentity(session, table, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return DropIdentity(session, table, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      // These reach partitions and inheriting tables; the other attributes do not (ATPrepCmd).
      if (!recurse) return SetAttribute(session, *column, command);
      for (const QualifiedName& child : session.catalog->ChildrenOf(table)) {
        const auto done = AlterColumnAction(session, child, command, recurse);
        if (done && !*done) return done;
      }
      return SetAttribute(session, *column, command);
    default:
      return SetAttribute(session, *column, command);
  }
}

}  // namespace schemac::sql
