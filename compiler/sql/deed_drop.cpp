// Deeds of DROP, RENAME and SET SCHEMA.
#include "compiler/sql/deed_reader.h"

namespace schemac::sql {

using facts::Operation;
using schema::QualifiedName;

namespace {

Operation DropOperation(PgQuery__ObjectType type, bool concurrently) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return Operation::DropTable;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      return Operation::DropView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return Operation::DropMaterializedView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return concurrently ? Operation::DropIndexConcurrently : Operation::DropIndex;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return Operation::DropSequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return Operation::DropType;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return Operation::DropSchema;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return Operation::DropExtension;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      return Operation::DropRoutine;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return Operation::DropTrigger;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return Operation::DropPolicy;
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return Operation::DropRule;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
      return Operation::DropStatistics;
    default:
      return Operation::Other;
  }
}

bool IsPartOfTable(Operation operation) {
  return operation == Operation::DropTrigger || operation == Operation::DropPolicy ||
         operation == Operation::DropRule;
}

QualifiedName NameOf(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_LIST:
      return SplitName(ListItems(&node));
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return SplitName(NodeList(node.type_name->names, node.type_name->n_names));
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return SplitName(NodeList(node.object_with_args->objname, node.object_with_args->n_objname));
    default:
      return {"", std::string(StringOf(&node))};
  }
}

Operation RenameOperation(const PgQuery__RenameStmt& statement) {
  switch (statement.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return Operation::RenameTable;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return Operation::RenameView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return Operation::RenameIndex;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return Operation::RenameColumn;
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      return Operation::RenameAttribute;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return Operation::RenameConstraint;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return Operation::RenameTrigger;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return Operation::RenameSchema;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return Operation::RenameType;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return Operation::AlterSequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      return Operation::AlterRoutine;
    default:
      return Operation::Other;
  }
}

Operation SetSchemaOperation(PgQuery__ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return Operation::SetTableSchema;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return Operation::RenameView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return Operation::RenameType;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return Operation::AlterExtension;
    default:
      return Operation::Other;
  }
}

}  // namespace

void ReadDrop(DeedReader& reader, const PgQuery__DropStmt& statement) {
  const Operation operation = DropOperation(statement.remove_type, statement.concurrent != 0);
  for (const PgQuery__Node* object : NodeList(statement.objects, statement.n_objects)) {
    Deed& deed = reader.Add(operation);
    if (IsPartOfTable(operation)) {  // The table's name, then the part's.
      NodeList names = ListItems(object);
      if (names.empty()) continue;
      deed.member = std::string(StringOf(names.back()));
      deed.relation = SplitName(names.first(names.size() - 1));
    } else {
      deed.relation = NameOf(*object);
    }
    deed.conditional = statement.missing_ok != 0;
    deed.cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  }
}

void ReadRename(DeedReader& reader, const PgQuery__RenameStmt& statement) {
  Deed& deed = reader.Add(RenameOperation(statement));
  if (statement.relation != nullptr) {
    deed.relation = SplitName(*statement.relation);
  } else if (statement.object != nullptr) {
    deed.relation = NameOf(*statement.object);
  }
  if (statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA) deed.relation = {"", statement.subname};
  deed.member = statement.subname;
  deed.new_name = statement.newname;
  deed.conditional = statement.missing_ok != 0;
}

void ReadSetSchema(DeedReader& reader, const PgQuery__AlterObjectSchemaStmt& statement) {
  Deed& deed = reader.Add(SetSchemaOperation(statement.object_type));
  if (statement.relation != nullptr) {
    deed.relation = SplitName(*statement.relation);
  } else if (statement.object != nullptr) {
    deed.relation = NameOf(*statement.object);
  }
  deed.new_name = statement.newschema;
  deed.moves = true;
}

}  // namespace schemac::sql
