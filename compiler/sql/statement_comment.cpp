// COMMENT ON.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_key_comment.h"
#include "compiler/sql/statement_sequence.h"
#include "compiler/sql/statements.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

constexpr auto kExtensionComments = std::to_array<std::pair<std::string_view, std::string_view>>({
#define X(extension, comment) {extension, comment},
#include "compiler/sql/extension_comments.def"
#undef X
});

// A comment that the server sets by itself, and old dumps repeat.
bool IsAutomatic(const ObjectAddress& address, std::string_view comment) {
  return address.kind == ObjectKind::Extension &&
         std::ranges::find(kExtensionComments, std::pair<std::string_view, std::string_view>(
                                                   address.name, comment)) != kExtensionComments.end();
}

Done CommentOnColumn(Session& session, const ObjectAddress& address, const std::string& comment) {
  const auto relation = session.catalog->FindRelation(address.qualified());
  schema::Object* object = relation ? session.catalog->FindMutable(*relation) : nullptr;
  if (auto* table = object == nullptr ? nullptr : std::get_if<schema::Table>(object)) {
    if (schema::Column* column = table->FindColumn(address.member)) {
      column->comment = comment;
      return Ok();
    }
  }
  if (auto* view = object == nullptr ? nullptr : std::get_if<schema::View>(object)) {
    if (view->columns.empty() || std::ranges::find(view->columns, address.member) != view->columns.end()) {
      std::map<std::string, std::string>& comments = view->column_comments.Edit();
      comments.erase(address.member);
      if (!comment.empty()) comments[address.member] = comment;
      return Ok();
    }
  }
  if (auto* composite = object == nullptr ? nullptr : std::get_if<schema::Composite>(object)) {
    const auto attribute =
        std::ranges::find(composite->attributes, address.member, &schema::CompositeAttribute::name);
    if (attribute != composite->attributes.end()) {
      attribute->comment = comment;
      return Ok();
    }
  }
  return ErrorAt(-1,
                 fmt::format("column \"{}\" of relation \"{}\" does not exist", address.member, address.name),
                 DiagnosticKind::UnknownColumn);
}

Done CommentOnDomainConstraint(Session& session, const PgQuery__CommentStmt& statement) {
  const NodeList parts = ListItems(statement.object);
  if (parts.size() != 2) return ErrorAt(-1, "a domain and the name of its constraint are required");
  const auto address = ResolveObject(session, PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, *parts[0]);
  if (!address) return address.error();
  auto& constraints = session.catalog->GetMutable<schema::Domain>(*address)->constraints;
  const auto found = std::ranges::find(constraints, StringOf(parts[1]), &schema::DomainConstraint::name);
  if (found == constraints.end()) {
    return ErrorAt(
        -1,
        fmt::format("constraint \"{}\" for domain \"{}\" does not exist", StringOf(parts[1]), address->name),
        DiagnosticKind::UnknownName);
  }
  found->comment = statement.comment;
  return Ok();
}

}  // namespace

Done Comment(Session& session, const PgQuery__CommentStmt& statement) {
  if (IsOutsideSchema(statement.objtype) || statement.object == nullptr) return Ok();
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT)
    return CommentOnDomainConstraint(session, statement);
  const bool on_plpgsql = WrittenName(*statement.object) == "plpgsql";
  if (on_plpgsql) return Ok();
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE) {
    if (const auto column = LookUpIdentity(session, SplitName(ListItems(statement.object)))) {
      IdentityAt(session, *column).comment = statement.comment;
      return Ok();
    }
  }
  const auto address = ResolveObject(session, statement.objtype, *statement.object);
  if (!address) return address.error();
  const std::string comment = IsAutomatic(*address, statement.comment) ? "" : statement.comment;
  if (address->kind == ObjectKind::Column) return CommentOnColumn(session, *address, comment);
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && address->kind == ObjectKind::Constraint) {
    return CommentOnKey(session, *address, comment);
  }
  schema::BaseOf(*session.catalog->FindMutable(*address)).comment = comment;
  return Ok();
}

}  // namespace schemac::sql
