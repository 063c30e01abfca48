// From parse trees to deeds: private to compiler/sql/deeds.cpp and the deed_*.cpp files.
#pragma once

#include <string>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/deeds.h"
#include "compiler/sql/statement_session.h"
#include "compiler/sql/tokens.h"

namespace schemac::sql {

// One statement on its way. Places are offsets into the statement until ReadDeeds moves them.
struct DeedReader {
  const Tokens& tokens;
  StatementDeeds& statement;

  // Appends a deed about the relation at the place of the whole statement.
  Deed& Add(facts::Operation operation, schema::QualifiedName relation = {});
  [[nodiscard]] Place Whole() const { return {0, tokens.source().size()}; }
  // From a node's location to the end of the token there.
  [[nodiscard]] Place At(int location) const;
};

// deed_table.cpp
ColumnTraits ReadColumn(const DeedReader& reader, const PgQuery__ColumnDef& column);
ConstraintTraits ReadConstraint(const DeedReader& reader, const PgQuery__Constraint& constraint);
void ReadCreateTable(DeedReader& reader, const PgQuery__CreateStmt& statement);
facts::Operation AddColumnOperation(const ColumnTraits& column);
std::vector<std::string> OptionWords(NodeList options);

// deed_alter.cpp
void ReadAlterTable(DeedReader& reader, const PgQuery__AlterTableStmt& statement);
void ReadAlterDomain(DeedReader& reader, const PgQuery__AlterDomainStmt& statement);

// deed_drop.cpp
void ReadDrop(DeedReader& reader, const PgQuery__DropStmt& statement);
void ReadRename(DeedReader& reader, const PgQuery__RenameStmt& statement);
void ReadSetSchema(DeedReader& reader, const PgQuery__AlterObjectSchemaStmt& statement);

// deed_rows.cpp
bool ReadRowStatement(DeedReader& reader, const PgQuery__Node& node);

}  // namespace schemac::sql
