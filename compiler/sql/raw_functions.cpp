#include "compiler/sql/raw_functions.h"

#include "compiler/sql/node_walk.h"
#include "compiler/sql/statement_address.h"

namespace schemac::sql {
namespace {

class Finder {
 public:
  explicit Finder(const Session& session) : session_(session), scope_(ScopeOf(session)) {}

  // A function by name and arguments, anywhere inside. An operator of the same name is none.
  void Walk(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__object_with_args__descriptor)
      return Take(reinterpret_cast<const PgQuery__ObjectWithArgs&>(message));
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) Walk(*child);
    });
  }

  // A function by name alone: what it is for tells its arguments.
  void Take(NodeList names, const std::string& arguments) {
    if (names.empty()) return;
    const schema::QualifiedName name = SplitName(names);
    if (auto function = sql::ResolveFunction(name.schema, name.name, arguments, scope_))
      found_.push_back(*std::move(function));
  }

  void TakeHandlers(NodeList options) {
    for (const PgQuery__Node* node : options) {
      const std::string_view name = node->def_elem->defname;
      Take(ListItems(node->def_elem->arg), name == "validator" ? "text[], oid" : "");
    }
  }

  std::vector<schema::ObjectAddress> Found() && { return std::move(found_); }

 private:
  void Take(const PgQuery__ObjectWithArgs& routine) {
    if (routine.args_unspecified) return;
    const auto arguments = IdentityArguments(session_, routine);
    if (arguments) Take({routine.objname, routine.n_objname}, *arguments);
  }

  const Session& session_;
  Scope scope_;
  std::vector<schema::ObjectAddress> found_;
};

// The tables of a publication, anywhere in the statement, and the names that each is followed by.
class PublishedColumns {
 public:
  explicit PublishedColumns(const Session& session) : scope_(ScopeOf(session)) {}

  void Walk(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__publication_table__descriptor)
      return Take(reinterpret_cast<const PgQuery__PublicationTable&>(message));
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) Walk(*child);
    });
  }

  std::vector<schema::ObjectAddress> Found() && { return std::move(found_); }

 private:
  void Take(const PgQuery__PublicationTable& published) {
    const schema::QualifiedName name = SplitName(*published.relation);
    const auto address = sql::ResolveRelation(name.schema, name.name, scope_);
    const schema::Table* table = address ? scope_.catalog->FindTable(address->qualified()) : nullptr;
    if (table == nullptr) return;
    for (const PgQuery__Node* column : NodeList{published.columns, published.n_columns})
      TakeColumn(*table, StringOf(column));
    if (published.where_clause != nullptr) TakeNames(*table, published.where_clause->base);
  }

  void TakeNames(const schema::Table& table, const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__column_ref__descriptor) {
      const auto& reference = reinterpret_cast<const PgQuery__ColumnRef&>(message);
      if (reference.n_fields > 0) TakeColumn(table, StringOf(reference.fields[reference.n_fields - 1]));
    }
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) TakeNames(table, *child);
    });
  }

  void TakeColumn(const schema::Table& table, std::string_view column) {
    if (table.FindColumn(column) == nullptr) return;
    found_.push_back({schema::ObjectKind::Column, table.name.schema, table.name.name, std::string(column)});
  }

  Scope scope_;
  std::vector<schema::ObjectAddress> found_;
};

}  // namespace

std::vector<schema::ObjectAddress> ColumnsOfPublication(const Session& session,
                                                        const PgQuery__Node& statement) {
  const bool publishes = statement.node_case == PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT ||
                         statement.node_case == PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT;
  if (!publishes) return {};
  PublishedColumns columns(session);
  columns.Walk(statement.base);
  return std::move(columns).Found();
}

// Arguments of handlers: manual, CREATE ACCESS METHOD, CREATE FOREIGN DATA WRAPPER, CREATE LANGUAGE, CREATE
// CONVERSION.
std::vector<schema::ObjectAddress> FunctionsOfRaw(const Session& session, const PgQuery__Node& statement) {
  Finder finder(session);
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
      finder.Take({statement.create_am_stmt->handler_name, statement.create_am_stmt->n_handler_name},
                  "internal");
      break;
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
      finder.TakeHandlers(
          {statement.create_fdw_stmt->func_options, statement.create_fdw_stmt->n_func_options});
      break;
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
      finder.TakeHandlers({statement.alter_fdw_stmt->func_options, statement.alter_fdw_stmt->n_func_options});
      break;
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT: {
      const PgQuery__CreatePLangStmt& language = *statement.create_plang_stmt;
      finder.Take({language.plhandler, language.n_plhandler}, "");
      finder.Take({language.plinline, language.n_plinline}, "internal");
      finder.Take({language.plvalidator, language.n_plvalidator}, "oid");
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT: {
      const PgQuery__CreateConversionStmt& conversion = *statement.create_conversion_stmt;
      finder.Take({conversion.func_name, conversion.n_func_name},
                  "integer, integer, cstring, internal, integer, boolean");
      break;
    }
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
      finder.Walk(statement.base);
      break;
    default:
      break;
  }
  return std::move(finder).Found();
}

}  // namespace schemac::sql
