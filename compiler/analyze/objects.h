// Objects whose CREATE statement is PostgreSQL's own, enums and extensions.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// `create <text>` with the object's full name. The error, if any, is not reported: it may go away once other
// objects exist.
struct Attempt {
  SqlTemplate sql;
  std::optional<Error> error;
};
Attempt CreateObject(Context& context, const ast::SqlObject& object, const Namespace& where);

// The kinds of a catalog that an object of the language may turn into: `type` is a composite, a range or an
// enum.
std::vector<schema::ObjectKind> KindsOf(ast::SqlObject::Kind kind);

// What the creation just now made: the address, and what `was` and a doc comment say of it. `before`: the
// overloads of a routine that were there before.
std::vector<schema::ObjectAddress> OverloadsOf(const Context& context, const ast::SqlObject& object,
                                               const Namespace& where);
void FinishObject(Context& context, const ast::SqlObject& object, const Namespace& where,
                  const std::vector<schema::ObjectAddress>& before);

void CreateSchema(Context& context, const ast::SchemaDirective& directive);
void CreateExtension(Context& context, const ast::Extension& extension);
void CreateEnum(Context& context, const ast::Enum& type, const Namespace& where);
// `grant … on … to …`, `comment on …`, `alter default privileges …`: statements that make no object.
void RunStatement(Context& context, const ast::SqlObject& object, const Namespace& where);
void RunGrant(Context& context, const ast::Grant& grant, const Namespace& where);

}  // namespace schemac::analyze
