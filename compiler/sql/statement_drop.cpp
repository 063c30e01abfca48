// DROP of everything but columns and what ALTER TABLE drops.
#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_foreign_table.h"
#include "compiler/sql/statements.h"
#include "compiler/support/quote.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

bool IsTemporary(const Session& session, const PgQuery__Node& node) {
  const NodeList names = ListItems(&node);
  return !names.empty() && session.temporary.contains(std::string(StringOf(names.back())));
}

// What IF EXISTS forgives: the object, its table, its schema or a type of its arguments is missing.
bool IsMissing(const Error& error) {
  return error.kind == DiagnosticKind::UnknownName || error.kind == DiagnosticKind::UnknownType;
}

// A trigger of a foreign table is among the statements that make that.
bool IsPartOfForeignTable(const Session& session, PgQuery__ObjectType type, const PgQuery__Node& node) {
  const NodeList names = ListItems(&node);
  if (type != PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER || names.size() < 2) return false;
  return !ForeignTableName(session, node.list->items, names.size() - 1).empty();
}

ErrorOr<std::vector<ObjectAddress>> ObjectsOf(Session& session, const PgQuery__DropStmt& statement) {
  std::vector<ObjectAddress> addresses;
  for (const PgQuery__Node* node : NodeList{statement.objects, statement.n_objects}) {
    auto address = ResolveObject(session, statement.remove_type, *node);
    if (address) {
      addresses.push_back(*address);
      continue;
    }
    if (IsTemporary(session, *node)) {
      session.temporary.erase(std::string(StringOf(ListItems(node).back())));
      continue;
    }
    if (IsPartOfForeignTable(session, statement.remove_type, *node))
      return Unsupported(-1, "dropping a trigger of a foreign table");
    if (statement.missing_ok && IsMissing(address.error())) continue;
    return address.error();
  }
  return addresses;
}

Done CheckDroppable(const Session& session, PgQuery__ObjectType type, const ObjectAddress& address) {
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && address.kind == ObjectKind::Constraint) {
    return ErrorAt(-1, fmt::format("cannot drop index {0} because constraint {0} on table {1} requires it",
                                   address.member, address.name));
  }
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && address.kind == ObjectKind::Table) {
    return ErrorAt(-1, fmt::format("cannot drop type {0} because table {0} requires it", address.name));
  }
  const auto* index = session.catalog->Get<schema::Index>(address);
  if (index != nullptr && !index->parent.empty()) {
    return ErrorAt(
        -1, fmt::format("cannot drop index {} because index {} requires it", index->name, index->parent));
  }
  return Ok();
}

// The indexes of partitions go with the one that they are attached to.
void DropAttachedIndexes(Session& session, const ObjectAddress& address) {
  const std::string parent = QuoteQualified(address.schema, address.member);
  for (const schema::QualifiedName& child : session.catalog->ChildrenOf(address.qualified())) {
    for (const schema::Object* part : session.catalog->PartsOf(child, ObjectKind::Index)) {
      const auto& index = std::get<schema::Index>(*part);
      if (index.parent != parent) continue;
      const ObjectAddress attached = schema::AddressOf(index);
      DropAttachedIndexes(session, attached);
      session.catalog->Remove(attached);
      break;
    }
  }
}

// One object, if it is still there: an earlier one may have taken it along.
Done DropOne(Session& session, const ObjectAddress& address, bool cascade) {
  if (!session.catalog->Has(address)) return Ok();
  if (address.kind == ObjectKind::Index) DropAttachedIndexes(session, address);
  return schema::Drop(*session.catalog, address, cascade);
}

}  // namespace

Done Drop(Session& session, const PgQuery__DropStmt& statement) {
  auto addresses = ObjectsOf(session, statement);
  if (!addresses) return addresses.error();
  for (const ObjectAddress& address : *addresses) {
    if (auto checked = CheckDroppable(session, statement.remove_type, address); !checked) return checked;
  }
  const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  // One statement drops its objects together, whatever they need of each other: those that are refused are
  // tried again once others are gone.
  std::vector<ObjectAddress> left = std::move(*addresses);
  while (!left.empty()) {
    std::vector<ObjectAddress> refused;
    Done first_error = Ok();
    for (const ObjectAddress& address : left) {
      Done done = DropOne(session, address, cascade);
      if (done) continue;
      if (refused.empty()) first_error = done;
      refused.push_back(address);
    }
    if (refused.size() == left.size()) return first_error;
    left = std::move(refused);
  }
  return Ok();
}

}  // namespace schemac::sql
