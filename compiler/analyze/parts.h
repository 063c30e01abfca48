// Parts of tables and views that PostgreSQL makes with statements of their own: indexes, triggers, policies,
// rules, settings, grants.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// A table or view, and where the text that speaks of it stands.
struct Relation {
  Namespace where;
  schema::ObjectAddress address;
};

// Each makes its part, comment included; false after reporting what is wrong.
bool BuildIndex(Context& context, const Relation& relation, const ast::Index& index);
// Names the copy of the parent's key or index, which a partition has from its first moment under a name of
// the server's choice.
bool NameAttached(Context& context, const Relation& relation, const ast::AttachedPart& part);
bool BuildTrigger(Context& context, const Relation& relation, const ast::Trigger& trigger);
bool BuildPolicy(Context& context, const Relation& relation, const ast::Policy& policy);
bool BuildRule(Context& context, const Relation& relation, const ast::Rule& rule);
bool ApplySetting(Context& context, const Relation& relation, const ast::TableSetting& setting);
bool ApplyGrant(Context& context, const Relation& relation, const ast::Grant& grant);

// `trigger t before insert …` and the others by kind. Columns and constraints are not for this function.
bool BuildPart(Context& context, const Relation& relation, const ast::TableMember& member);

}  // namespace schemac::analyze
