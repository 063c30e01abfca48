// ALTER … RENAME, SET SCHEMA, OWNER TO.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_sequence.h"
#include "compiler/sql/statements.h"
#include "schema/edit/rename.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

namespace {

Done RenameTo(Session& session, const ObjectAddress& from, const std::string& name) {
  if (from.kind == ObjectKind::Raw) return Unsupported(-1, fmt::format("renaming {}", from.name));
  ObjectAddress to = from;
  schema::SetOwnName(to, name);
  if (auto owner = session.owners.extract(from); !owner.empty()) session.owners[to] = owner.mapped();
  return schema::ApplyRename(*session.catalog, {from, to});
}

// The relation that RENAME COLUMN, RENAME CONSTRAINT and the like name; nullopt when IF EXISTS forgives its
// absence.
ErrorOr<std::optional<ObjectAddress>> RelationOf(const Session& session,
                                                 const PgQuery__RenameStmt& statement) {
  const QualifiedName written = SplitName(*statement.relation);
  const auto found = LookUpRelation(session, written);
  if (found || statement.missing_ok || session.temporary.contains(written.name)) return found;
  return ResolveRelation(session, written, statement.relation->location).error();
}

Done RenameAttribute(schema::Composite& composite, const std::string& from, const std::string& to) {
  const auto attribute = std::ranges::find(composite.attributes, from, &schema::CompositeAttribute::name);
  if (attribute == composite.attributes.end()) {
    return ErrorAt(-1, fmt::format("column \"{}\" does not exist", from), DiagnosticKind::UnknownColumn);
  }
  attribute->name = to;
  return Ok();
}

Done RenameColumnStatement(Session& session, const PgQuery__RenameStmt& statement) {
  const auto relation = RelationOf(session, statement);
  if (!relation) return relation.error();
  if (!relation->has_value()) return Ok();
  const ObjectAddress& address = **relation;
  if (auto* composite = session.catalog->GetMutable<schema::Composite>(address)) {
    return RenameAttribute(*composite, statement.subname, statement.newname);
  }
  if (address.kind != ObjectKind::Table && address.kind != ObjectKind::View) {
    return Unsupported(-1, "renaming a column of this relation");
  }
  return RenameTo(session, {ObjectKind::Column, address.schema, address.name, statement.subname},
                  statement.newname);
}

Done RenameDomainConstraint(Session& session, const PgQuery__RenameStmt& statement) {
  const auto address = ResolveObject(session, PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, *statement.object);
  if (!address) return address.error();
  auto& constraints = session.catalog->GetMutable<schema::Domain>(*address)->constraints;
  const auto found =
      std::ranges::find(constraints, std::string_view(statement.subname), &schema::DomainConstraint::name);
  if (found == constraints.end()) {
    return ErrorAt(
        -1,
        fmt::format("constraint \"{}\" for domain \"{}\" does not exist", statement.subname, address->name),
        DiagnosticKind::UnknownName);
  }
  found->name = statement.newname;
  std::ranges::sort(constraints, {}, &schema::DomainConstraint::name);
  return Ok();
}

Done RenamePart(Session& session, ObjectKind kind, const PgQuery__RenameStmt& statement) {
  const auto relation = RelationOf(session, statement);
  if (!relation) return relation.error();
  if (!relation->has_value()) return Ok();
  const QualifiedName table = (*relation)->qualified();
  const auto address = ResolvePart(session, kind, table, statement.subname);
  if (!address) return address.error();
  return RenameTo(session, *address, statement.newname);
}

// The sequence behind an identity column is no object of the catalog, yet it can be renamed.
std::optional<ObjectAddress> IdentitySequence(const Session& session, const PgQuery__RenameStmt& statement) {
  if (statement.rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE) return std::nullopt;
  const QualifiedName name = SplitName(*statement.relation);
  const auto owner = LookUpIdentity(session, name);
  if (!owner) return std::nullopt;
  return ObjectAddress{ObjectKind::Sequence, owner->schema, name.name, ""};
}

Done RenameObject(Session& session, const PgQuery__RenameStmt& statement) {
  if (const auto sequence = IdentitySequence(session, statement))
    return RenameTo(session, *sequence, statement.newname);
  const auto found = LookUpObject(session, statement.rename_type, statement.relation, statement.object);
  if (!found) return found.error();
  if (found->has_value()) return RenameTo(session, **found, statement.newname);
  const bool temporary =
      statement.relation != nullptr && session.temporary.contains(statement.relation->relname);
  if (statement.missing_ok || temporary) return Ok();
  const std::string name = statement.relation != nullptr ? Written(SplitName(*statement.relation))
                                                         : WrittenName(*statement.object);
  return ErrorAt(-1, fmt::format("{} \"{}\" does not exist", KindWordOf(statement.rename_type), name),
                 DiagnosticKind::UnknownName);
}

}  // namespace

Done Rename(Session& session, const PgQuery__RenameStmt& statement) {
  if (IsOutsideSchema(statement.rename_type)) return Ok();
  switch (statement.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      return RenameColumnStatement(session, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return RenamePart(session, ObjectKind::Constraint, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return RenamePart(session, ObjectKind::Trigger, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return RenamePart(session, ObjectKind::Rule, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return RenamePart(session, ObjectKind::Policy, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return RenameDomainConstraint(session, statement);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
      const ObjectAddress from{ObjectKind::Schema, "", statement.subname, ""};
      if (!session.catalog->Has(from)) {
        return ErrorAt(-1, fmt::format("schema \"{}\" does not exist", statement.subname),
                       DiagnosticKind::UnknownName);
      }
      return RenameTo(session, from, statement.newname);
    }
    default:
      return RenameObject(session, statement);
  }
}

Done SetSchema(Session& session, const PgQuery__AlterObjectSchemaStmt& statement) {
  const std::string schema = statement.newschema;
  if (!session.catalog->Has({ObjectKind::Schema, "", schema, ""})) {
    return ErrorAt(-1, fmt::format("schema \"{}\" does not exist", schema), DiagnosticKind::UnknownName);
  }
  const auto found = LookUpObject(session, statement.object_type, statement.relation, statement.object);
  if (!found) return found.error();
  if (!found->has_value()) {
    if (statement.missing_ok) return Ok();
    const std::string name = statement.relation != nullptr ? Written(SplitName(*statement.relation))
                                                           : WrittenName(*statement.object);
    return ErrorAt(-1, fmt::format("{} \"{}\" does not exist", KindWordOf(statement.object_type), name),
                   DiagnosticKind::UnknownName);
  }
  const ObjectAddress& from = **found;
  if (auto* extension = session.catalog->GetMutable<schema::Extension>(from)) {
    extension->schema = schema == "public" ? "" : schema;
    return Ok();
  }
  if (from.kind == ObjectKind::Raw) return Unsupported(-1, fmt::format("SET SCHEMA of {}", from.name));
  if (from.schema == schema) return Ok();
  ObjectAddress to = from;
  to.schema = schema;
  return schema::ApplyRename(*session.catalog, {from, to});
}

Done SetOwner(Session& session, const PgQuery__AlterOwnerStmt& statement) {
  if (IsOutsideSchema(statement.object_type)) return Ok();
  const auto found = LookUpObject(session, statement.object_type, statement.relation, statement.object);
  // Who owns an object is no part of the catalog; a dump may name owners of what is passed over.
  if (found && found->has_value()) SetOwnerOf(session, **found, *statement.newowner);
  return Ok();
}

}  // namespace schemac::sql
