// The objects of a database as plain values, in the terms of PostgreSQL's catalogs (manual, chapter 53). Two
// objects are the same when they compare equal; everything that is not part of what the object *is* (places,
// hints for a migration such as `was`) lives elsewhere (schema/intent.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "compiler/support/boxed.h"
#include "compiler/support/rare.h"
#include "schema/address.h"
#include "schema/expression.h"
#include "schema/options.h"
#include "schema/type.h"

namespace schemac::schema {

// One entry of an access control list (manual, 5.7). The owner's own privileges are not listed.
struct Privilege {
  std::string grantee;    // "" is PUBLIC.
  std::string privilege;  // "SELECT", "EXECUTE", "USAGE", … one each, never ALL.
  bool grantable = false;
  auto operator<=>(const Privilege&) const = default;
  bool operator==(const Privilege&) const = default;
};
// What others than the owner may do. New functions and procedures start with EXECUTE for PUBLIC, new types
// and domains with USAGE for PUBLIC, everything else empty (manual, table 5.2); default privileges add to
// that.
using Privileges = std::set<Privilege>;

// What every object can have.
struct ObjectBase {
  Rare<std::string> comment;  // COMMENT ON; "" is none.
  Rare<Privileges> privileges;
  bool operator==(const ObjectBase&) const = default;
};

struct Schema : ObjectBase {
  std::string name;
  bool is_template = false;  // `schema tenant template;`: exists once for each tenant.
  bool operator==(const Schema&) const = default;
};

struct Extension : ObjectBase {
  std::string name;
  std::string schema;   // "" when not said: wherever the script or the extension puts it.
  std::string version;  // "" when not said: the server's default.
  bool operator==(const Extension&) const = default;
};

struct Collation : ObjectBase {
  QualifiedName name;
  Options options;  // provider, locale, lc_collate, lc_ctype, deterministic; "from" for a copy of another
                    // collation.
  // A copy of a collation that every server has equals what pg_dump prints of it; the encoding that only the
  // copy has (pg_collation.collencoding) is lost in a dump.
  bool operator==(const Collation& other) const;
};

struct Enum : ObjectBase {
  QualifiedName name;
  std::vector<std::string> labels;
  bool operator==(const Enum&) const = default;
};

struct CompositeAttribute {
  std::string name;
  Type type;
  Boxed<QualifiedName> collation;
  std::string comment;
  bool operator==(const CompositeAttribute&) const = default;
};
struct Composite : ObjectBase {
  QualifiedName name;
  std::vector<CompositeAttribute> attributes;
  bool operator==(const Composite&) const = default;
};

struct Range : ObjectBase {
  QualifiedName name;
  Type subtype;
  Options options;  // subtype_opclass, collation, canonical, subtype_diff, multirange_type_name; only what
                    // was said.
  bool operator==(const Range&) const = default;
};

struct DomainConstraint {
  std::string name;
  Expression check;
  bool not_valid = false;
  std::string comment;
  bool operator==(const DomainConstraint&) const = default;
};
struct Domain : ObjectBase {
  QualifiedName name;
  Type type;
  Boxed<QualifiedName> collation;
  bool not_null = false;
  Boxed<Expression> default_value;
  std::vector<DomainConstraint> constraints;  // Sorted by name.
  bool operator==(const Domain&) const = default;
};

// All fields are resolved to what pg_sequence would hold, defaults included (manual, CREATE SEQUENCE).
struct SequenceOptions {
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t min = 1;
  std::int64_t max = 9223372036854775807;
  std::int64_t cache = 1;
  bool cycle = false;
  bool operator==(const SequenceOptions&) const = default;
};
struct Sequence : ObjectBase {
  QualifiedName name;
  Type type{"", "bigint", "", false};
  SequenceOptions options;
  bool unlogged = false;
  Boxed<ObjectAddress> owned_by;  // A Column.
  bool operator==(const Sequence&) const = default;
};

enum class IdentityKind : std::uint8_t { Always, ByDefault };
// Comment and privileges are those of the hidden sequence: a relation that belongs to the table's owner and
// can be granted on, yet is no object of a catalog.
struct Identity : ObjectBase {
  IdentityKind kind = IdentityKind::Always;
  SequenceOptions options;
  // The hidden sequence's name, table_column_seq unless told; in the schema of the table.
  std::string sequence_name;
  bool operator==(const Identity&) const = default;
};

struct Column {
  std::string name;
  Type type;
  bool not_null = false;
  bool inherited = false;  // Comes from a parent only (attislocal is false).
  std::optional<int> statistics;
  Boxed<Expression> default_value;
  Boxed<Expression> generated;  // GENERATED ALWAYS AS (…) STORED. Excludes default and identity.
  Boxed<Identity> identity;
  Boxed<QualifiedName>
      collation;              // Only when it differs from the type's own. schema "pg_catalog" for built-ins.
  Rare<std::string> storage;  // "plain", "external", "extended", "main"; "" when it is the type's own.
  Rare<std::string> compression;  // "pglz", "lz4" or "".
  Options options;                // ALTER COLUMN SET (n_distinct = …).
  Rare<std::string> comment;
  Rare<Privileges> privileges;
  bool operator==(const Column&) const = default;
};

// The hidden sequence of an identity column, as an object for statements that speak of it.
Sequence HiddenSequence(const QualifiedName& table, const Column& column);

struct PartitionKey {
  std::string strategy;  // "range", "list", "hash".
  Expression elements;   // What stands in the parentheses, collations and operator classes included.
  bool operator==(const PartitionKey&) const = default;
};
struct PartitionBound {
  QualifiedName parent;
  Expression bound;  // `FOR VALUES FROM (…) TO (…)`, `FOR VALUES IN (…)`, `FOR VALUES WITH (…)`, `DEFAULT`.
  bool operator==(const PartitionBound&) const = default;
};

struct Table : ObjectBase {
  QualifiedName name;
  std::vector<Column> columns;
  bool unlogged = false;
  std::vector<QualifiedName> inherits;
  Boxed<PartitionKey> partition_key;
  Boxed<PartitionBound> partition_of;
  Options options;                  // WITH (fillfactor = …); toast options as "toast.…".
  Rare<std::string> access_method;  // "" is the server's default (heap).
  Rare<std::string> tablespace;
  bool row_security = false;
  bool force_row_security = false;
  Rare<std::string> replica_identity;  // "" (default), "full", "nothing" or "index NAME".
  Rare<std::string> clustered_on;      // Index name or "".

  // Columns are compared by name: PostgreSQL cannot move a column, so order is no difference.
  bool operator==(const Table& other) const;
  [[nodiscard]] const Column* FindColumn(std::string_view column) const;
  [[nodiscard]] Column* FindColumn(std::string_view column);
};

// One element of an index or of an exclusion constraint.
struct IndexElement {
  std::string column;            // A plain column, or "" when `expression` is set.
  Boxed<Expression> expression;  // Without its outer parentheses.
  Boxed<QualifiedName> collation;
  Boxed<QualifiedName>
      operator_class;  // Only when it is not the type's default; schema "" = pg_catalog/search path.
  Rare<std::string> operator_class_options;  // What stands in its parentheses.
  bool descending = false;
  bool nulls_first = false;              // As effective: true by default for descending ones.
  Rare<std::string> exclusion_operator;  // `&&`, `=`, `OPERATOR(s.+)`: exclusion constraints only.
  bool operator==(const IndexElement&) const = default;
};

enum class ConstraintKind : std::uint8_t { PrimaryKey, Unique, ForeignKey, Check, Exclusion };
enum class ForeignKeyAction : std::uint8_t { NoAction, Restrict, Cascade, SetNull, SetDefault };
struct ForeignKey {
  QualifiedName table;               // The referenced one.
  std::vector<std::string> columns;  // Of the referenced table; always filled in.
  ForeignKeyAction on_delete = ForeignKeyAction::NoAction;
  ForeignKeyAction on_update = ForeignKeyAction::NoAction;
  std::vector<std::string> on_delete_columns;  // ON DELETE SET NULL (a, b), PostgreSQL 15.
  bool match_full = false;
  bool operator==(const ForeignKey&) const = default;
};
struct Constraint : ObjectBase {
  QualifiedName table;
  std::string name;
  ConstraintKind kind = ConstraintKind::Check;
  std::vector<std::string> columns;  // Primary key, unique, foreign key: in order. Check: empty.
  Boxed<Expression> check;           // Check.
  bool no_inherit = false;           // Check.
  Boxed<ForeignKey> foreign_key;
  Rare<std::string> method;                  // Exclusion: "gist", …
  Rare<std::vector<IndexElement>> elements;  // Exclusion.
  Boxed<Expression> where;                   // Exclusion.
  Rare<std::vector<std::string>> include;    // Primary key, unique, exclusion.
  bool nulls_not_distinct = false;           // Unique.
  Options options;                           // Storage parameters of the index behind it.
  Rare<std::string> tablespace;
  bool deferrable = false;
  bool initially_deferred = false;
  bool not_valid = false;  // Foreign key, check.
  bool inherited = false;  // Comes from a parent only (conislocal is false).
  bool operator==(const Constraint&) const = default;
};

struct Index : ObjectBase {
  QualifiedName table;  // Table or materialized view; the index lives in its schema.
  std::string name;
  bool unique = false;
  std::string method = "btree";
  std::vector<IndexElement> elements;
  Rare<std::vector<std::string>> include;
  Boxed<Expression> where;
  bool nulls_not_distinct = false;
  Options options;
  Rare<std::string> tablespace;
  bool only = false;         // CREATE INDEX … ON ONLY a partitioned table.
  Rare<std::string> parent;  // The partitioned index this one is attached to, as QuoteQualified text, or "".
  Rare<std::map<int, int>> statistics;  // Column number to statistics target.
  bool operator==(const Index&) const = default;
};

// What may follow `ENABLE`/`DISABLE` for a trigger or rule (pg_trigger.tgenabled).
enum class FiringMode : std::uint8_t { Origin, Disabled, Replica, Always };

// The objects from here to Raw are kept as `definition`: the text of their CREATE statement after their own
// name, with its references; the fields beside it are read from it for planning, and are equal when the
// definitions are.
struct Function : ObjectBase {
  QualifiedName name;
  std::string identity_arguments;  // "integer, text": the address's member.
  bool procedure = false;
  std::string language;
  std::string returns;  // "" for procedures; "TABLE(…)", "SETOF …", "trigger", canonical types.
  std::string
      arguments;  // Canonical, names, modes and defaults included: decides whether CREATE OR REPLACE will do.
  Rare<std::vector<std::string>>
      default_arguments;  // Canonical defaults, from the left; OR REPLACE may not remove one.
  Expression definition;  // `(a integer) RETURNS … AS $$…$$`.
  bool operator==(const Function&) const = default;
};

struct Aggregate : ObjectBase {
  QualifiedName name;
  std::string identity_arguments;
  Expression definition;  // `(integer) (SFUNC = …, …)`.
  bool operator==(const Aggregate&) const = default;
};

struct View : ObjectBase {
  QualifiedName name;
  bool materialized = false;
  std::vector<std::string>
      columns;                    // Output column names, in order; empty when they cannot be known offline.
  bool explicit_columns = false;  // Whether the source gave the list: `create view v (a, b) as …`.
  Options options;                // security_invoker, security_barrier, check_option; storage parameters.
  Rare<std::string> access_method;
  Rare<std::string> tablespace;
  bool with_no_data = false;  // Materialized.
  Expression query;
  Rare<std::map<std::string, std::string>> column_comments;
  Rare<std::map<std::string, Privileges>> column_privileges;
  Rare<std::map<std::string, Expression>> column_defaults;  // ALTER VIEW … ALTER COLUMN … SET DEFAULT.
  // Spelling is no difference: columns and `explicit_columns` compare through the query's canonical form and
  // names.
  bool operator==(const View& other) const;
};

struct Trigger : ObjectBase {
  QualifiedName table;
  std::string name;
  bool constraint = false;
  FiringMode firing = FiringMode::Origin;
  Expression definition;  // `BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (…) EXECUTE FUNCTION f()`.
  bool operator==(const Trigger&) const = default;
};

struct Policy : ObjectBase {
  QualifiedName table;
  std::string name;
  bool permissive = true;
  std::string command = "all";     // "all", "select", "insert", "update", "delete".
  std::vector<std::string> roles;  // Sorted; empty is PUBLIC.
  Boxed<Expression> using_expression;
  Boxed<Expression> with_check;
  bool operator==(const Policy&) const = default;
};

struct Rule : ObjectBase {
  QualifiedName table;
  std::string name;
  FiringMode firing = FiringMode::Origin;
  Expression definition;  // `AS ON INSERT TO t WHERE … DO INSTEAD …`.
  bool operator==(const Rule&) const = default;
};

struct Statistics : ObjectBase {
  QualifiedName name;
  std::optional<int> target;
  Expression definition;  // `(ndistinct, mcv) ON a, b FROM t`.
  bool operator==(const Statistics&) const = default;
};

struct EventTrigger : ObjectBase {
  std::string name;
  FiringMode firing = FiringMode::Origin;
  Expression definition;  // `ON ddl_command_end WHEN TAG IN (…) EXECUTE FUNCTION f()`.
  bool operator==(const EventTrigger&) const = default;
};

// ALTER DEFAULT PRIVILEGES [FOR ROLE role] [IN SCHEMA schema] on one class of objects.
struct DefaultPrivileges
    : ObjectBase {     // `privileges`: what the objects to come get beyond (grants) the built-in default.
  std::string role;    // "" is the role that runs the script.
  std::string schema;  // "" is every schema.
  std::string on;      // "tables", "sequences", "functions", "types", "schemas".
  Privileges revoked;  // Built-in defaults that are taken away (only without schema).
  bool operator==(const DefaultPrivileges&) const = default;
};

// A row that belongs to the schema (`seed`). Values are SQL expressions, by column.
struct SeedRow : ObjectBase {
  QualifiedName table;
  std::vector<std::string> key_columns;
  std::map<std::string, Expression> values;
  std::string key;  // The address's member.
  bool operator==(const SeedRow&) const = default;
};

// What the language has no word for: SQL that makes it and SQL that takes it away, with declared
// dependencies. The SQL interpreter uses it for operators, casts, text search objects, foreign servers and
// tables, publications …
struct Raw : ObjectBase {
  std::string name;  // Unique; for interpreted objects "operator public.=== (integer, integer)" and the like.
  std::string kind;  // "" for hand-written blocks, else "operator", "cast", …
  Expression create;  // Whole statements, `;` between.
  Expression drop;
  std::vector<ObjectAddress> depends_on;
  bool operator==(const Raw&) const = default;
};

using Object = std::variant<Schema, Extension, Collation, Enum, Composite, Range, Domain, Sequence, Table,
                            Function, Aggregate, View, Constraint, Index, Trigger, Policy, Rule, Statistics,
                            EventTrigger, DefaultPrivileges, SeedRow, Raw>;

ObjectAddress AddressOf(const Object& object);
// The tables that it inherits from, or the one that it is a partition of.
std::vector<QualifiedName> ParentsOf(const Table& table);
ObjectBase& BaseOf(Object& object);
const ObjectBase& BaseOf(const Object& object);
// What a new object of this kind grants before any GRANT: EXECUTE or USAGE to PUBLIC, or nothing.
Privileges BuiltinPrivileges(ObjectKind kind);

}  // namespace schemac::schema
