// What each kind of statement does to the catalog of its session. One statement_*.cpp file for each group;
// called by statement_dispatch.cpp. Errors carry offsets into the statement where a node has a place.
#pragma once

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// statement_schema.cpp: schemas, extensions, collations, search_path.
Done CreateSchema(Session& session, const PgQuery__CreateSchemaStmt& statement);
Done CreateExtension(Session& session, const PgQuery__CreateExtensionStmt& statement);
Done AlterExtension(Session& session, const PgQuery__AlterExtensionStmt& statement);
Done CreateCollation(Session& session, const PgQuery__DefineStmt& statement);
Done SetVariable(Session& session, const PgQuery__VariableSetStmt& statement);
// `SELECT pg_catalog.set_config('search_path', …)`; other queries change nothing.
Done RunSelect(Session& session, const PgQuery__SelectStmt& statement);

// statement_type.cpp: enums, composite and range types, domains.
Done CreateEnum(Session& session, const PgQuery__CreateEnumStmt& statement);
Done AlterEnum(Session& session, const PgQuery__AlterEnumStmt& statement);
Done CreateComposite(Session& session, const PgQuery__CompositeTypeStmt& statement);
Done CreateRange(Session& session, const PgQuery__CreateRangeStmt& statement);
// ALTER TYPE … ADD/DROP/ALTER ATTRIBUTE.
Done AlterComposite(Session& session, schema::Composite& composite, NodeList commands);
// statement_domain.cpp
Done CreateDomain(Session& session, const PgQuery__CreateDomainStmt& statement);
Done AlterDomain(Session& session, const PgQuery__AlterDomainStmt& statement);

// statement_sequence.cpp
Done CreateSequence(Session& session, const PgQuery__CreateSeqStmt& statement);
Done AlterSequence(Session& session, const PgQuery__AlterSeqStmt& statement);

// statement_table.cpp, statement_alter_table.cpp
Done CreateTable(Session& session, const PgQuery__CreateStmt& statement);
Done AlterTable(Session& session, const PgQuery__AlterTableStmt& statement);

// statement_index.cpp
Done CreateIndex(Session& session, const PgQuery__IndexStmt& statement);
// ALTER INDEX actions, on the index or on the constraint that owns it.
Done AlterIndexAction(Session& session, const schema::ObjectAddress& index,
                      const PgQuery__AlterTableCmd& command);

// statement_view.cpp
Done CreateView(Session& session, const PgQuery__ViewStmt& statement);
Done CreateTableAs(Session& session, const PgQuery__CreateTableAsStmt& statement);
Done AlterViewAction(Session& session, const schema::ObjectAddress& view,
                     const PgQuery__AlterTableCmd& command);

// statement_routine.cpp
Done CreateRoutine(Session& session, const PgQuery__Node& statement);
Done AlterRoutine(Session& session, const PgQuery__AlterFunctionStmt& statement);
Done CreateAggregate(Session& session, const PgQuery__Node& statement);

// statement_trigger.cpp: triggers, rules, event triggers, aggregates, statistics.
Done CreateTrigger(Session& session, const PgQuery__Node& statement);
Done CreateRule(Session& session, const PgQuery__Node& statement);
Done CreateEventTrigger(Session& session, const PgQuery__Node& statement);
Done AlterEventTrigger(Session& session, const PgQuery__AlterEventTrigStmt& statement);
// statement_policy.cpp
Done CreatePolicy(Session& session, const PgQuery__CreatePolicyStmt& statement);
Done AlterPolicy(Session& session, const PgQuery__AlterPolicyStmt& statement);
Done CreateStatistics(Session& session, const PgQuery__Node& statement);
Done AlterStatistics(Session& session, const PgQuery__AlterStatsStmt& statement);

// statement_comment.cpp, statement_grant.cpp
Done Comment(Session& session, const PgQuery__CommentStmt& statement);
Done Grant(Session& session, const PgQuery__GrantStmt& statement);
Done AlterDefaultPrivileges(Session& session, const PgQuery__AlterDefaultPrivilegesStmt& statement);
// The object's new owner; what was granted to it before is its own now (aclnewowner in acl.c).
void SetOwnerOf(Session& session, const schema::ObjectAddress& address, const PgQuery__RoleSpec& role);

// statement_rename.cpp, statement_drop.cpp
Done Rename(Session& session, const PgQuery__RenameStmt& statement);
Done SetSchema(Session& session, const PgQuery__AlterObjectSchemaStmt& statement);
Done SetOwner(Session& session, const PgQuery__AlterOwnerStmt& statement);
Done Drop(Session& session, const PgQuery__DropStmt& statement);

// statement_raw.cpp: what is kept as Raw, and changes to it.
bool IsRawStatement(const PgQuery__Node& statement);
Done CreateRaw(Session& session, const PgQuery__Node& statement);
// Whether the statement makes a Raw object of this name, which these words take away again.
bool MakesRaw(const Session& session, const PgQuery__Node& statement, std::string_view name,
              std::string_view drop);
// Statements that alter a Raw object: appended to what creates it.
bool IsRawAlteration(const PgQuery__Node& statement);
bool AltersRaw(const Session& session, const PgQuery__Node& statement, std::string_view name);
Done AlterRaw(Session& session, const PgQuery__Node& statement);
Done DropUserMapping(Session& session, const PgQuery__DropUserMappingStmt& statement);

// statement_rows.cpp: INSERT, UPDATE and DELETE of seed rows; other statements change nothing.
Done ChangeRows(Session& session, const PgQuery__Node& statement);

// statement_do.cpp
Done RunDo(Session& session, const PgQuery__DoStmt& statement);

}  // namespace schemac::sql
