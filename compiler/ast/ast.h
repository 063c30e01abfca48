// The tree of a source file of our language, model or model diff, as plain structs. It holds what was
// written: names are not resolved, SQL is not parsed; every node has its place. Made by compiler/parse, read
// by compiler/analyze.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/support/boxed.h"
#include "compiler/support/rare.h"
#include "compiler/support/span.h"

namespace schemac::ast {

// An identifier after folding and unquoting, or a string, number or keyword.
struct Name {
  std::string text;
  Span span;
};

// `schema.name`, or `name` alone.
struct QualifiedName {
  std::optional<Name> schema;
  Name name;
  Span span;
};

// SQL that our grammar does not look into: the bytes of `span` (take them from Sources), comments included.
struct SqlText {
  Span span;
};

// A bare JSON literal after `default`: the bytes of `span`.
struct JsonText {
  Span span;
};

// `varchar(255)[]`: the bytes of `span`, judged by PostgreSQL's parser (sql::ParseType).
struct TypeName {
  Span span;
};

// `key = value` in WITH (…); value "" when missing.
struct Option {
  Name key;
  std::optional<Name> value;
};

enum class Deferral : std::uint8_t { None, NotDeferrable, Deferrable, InitiallyDeferred };

struct ForeignKeyClause {
  QualifiedName table;
  std::vector<Name> columns;  // May be empty: the primary key.
  std::optional<SqlText>
      actions;  // `match full on delete cascade on update set null (a)`: all of it; judged by analyze.
};

// One element of an index: a column or an expression, with what follows it.
struct IndexElement {
  std::optional<Name> column;
  Boxed<SqlText> expression;  // With its parentheses, or a call `lower(name)`.
  Boxed<QualifiedName> collation;
  Boxed<QualifiedName> operator_class;
  Boxed<SqlText> operator_class_options;
  std::optional<bool> descending;
  std::optional<bool> nulls_first;
  Boxed<SqlText> exclusion_operator;  // After WITH, in exclusion constraints.
  Span span;
};

struct IdentityClause {
  bool always = true;
  std::optional<SqlText> options;  // Inside the parentheses: `start 10 increment 5`.
};

enum class ConstraintKind : std::uint8_t { PrimaryKey, Unique, ForeignKey, Check, Exclusion };

// On a column (`columns` empty) or a table.
struct Constraint {
  ConstraintKind kind = ConstraintKind::Check;
  bool no_inherit = false;
  bool not_valid = false;
  bool nulls_not_distinct = false;
  Deferral deferral = Deferral::None;
  Span span;
  std::optional<Name> name;
  std::vector<Name> columns;
  Boxed<SqlText> check;  // Inside the parentheses.
  Boxed<ForeignKeyClause> foreign_key;
  Boxed<Name> method;
  Rare<std::vector<IndexElement>> elements;
  Boxed<SqlText> where;
  Rare<std::vector<Name>> include;
  Rare<std::vector<Option>> options;
  Boxed<Name> tablespace;
  Rare<std::string> comment;
};

struct Column {
  Name name;
  TypeName type;
  std::optional<bool> nullable;  // `null`, `not null`.
  std::optional<std::variant<SqlText, JsonText>> default_value;
  Span span;
  Boxed<SqlText> generated;  // Inside the parentheses.
  Boxed<IdentityClause> identity;
  Boxed<QualifiedName> collation;
  Boxed<Name> storage;
  Boxed<Name> compression;
  Boxed<Name> statistics;
  Rare<std::vector<Option>> options;
  Rare<std::vector<Constraint>> constraints;  // Primary key, unique, references, check.
  Boxed<Name> was;
  Boxed<std::variant<SqlText, JsonText>> backfill;
  Rare<std::string> comment;
};

struct Index {
  bool unique = false;
  bool concurrently = false;
  bool only = false;  // `on only`: of the partitioned table, not of its partitions.
  bool nulls_not_distinct = false;
  Span span;
  std::optional<Name> name;
  Boxed<Name> method;
  std::vector<IndexElement> elements;
  Rare<std::vector<Name>> include;
  Rare<std::vector<Option>> options;
  Boxed<Name> tablespace;
  Boxed<SqlText> where;
  Boxed<Name> was;
  Rare<std::string> comment;
};

// `constraint NAME partition of PARENT`, `index NAME partition of PARENT`: in a partition, what its copy of
// the parent's key or index is called.
struct AttachedPart {
  bool is_index = false;
  Name name;
  Name parent;
  std::string comment;
  Span span;
};

// `trigger NAME before update of a for each row when (…) execute f()`. The table's name goes between the two
// texts.
struct Trigger {
  Name name;
  bool constraint = false;
  SqlText events;  // `before update of a`.
  SqlText rest;    // `for each row when (…) execute f()`; FUNCTION after EXECUTE may be missing.
  std::string comment;
  Span span;
};

// `policy NAME for select to app using (…)`: `rest` is all after the name.
struct Policy {
  Name name;
  std::optional<SqlText> rest;
  std::string comment;
  Span span;
};

// `rule NAME on insert where … do instead …`: as CREATE RULE without `to table`.
struct Rule {
  Name name;
  SqlText event;  // `on insert`.
  SqlText rest;
  std::string comment;
  Span span;
};

// `row level security;`, `force row level security;`, `replica identity full;`, `cluster on i;`.
struct TableSetting {
  enum class Kind { RowSecurity, ForceRowSecurity, ReplicaIdentity, ClusterOn, Firing };
  Kind kind = Kind::RowSecurity;
  std::vector<Name> words;  // After `replica identity`: full, nothing, or `using index NAME`; after `cluster
                            // on`: the index. Firing: all.
  Span span;
};

// `grant select, update (a) to app with grant option;` in a table, or at the top `grant … on … to …`: all of
// it.
struct Grant {
  SqlText
      text;  // In a body: what stands between `grant` and `to`; at the top: all after `grant` (or `revoke`).
  std::optional<SqlText> grantees;  // In a body: after `to`.
  bool revoke = false;
  Span span;
};

using TableMember =
    std::variant<Column, Constraint, Index, AttachedPart, Trigger, Policy, Rule, TableSetting, Grant>;

struct Mixin {
  Name name;
  std::vector<TableMember> members;
  Span span;
};

struct Table {
  QualifiedName name;
  bool unlogged = false;
  std::vector<Name> mixins;
  std::vector<QualifiedName> inherits;
  Boxed<SqlText> partition_by;  // `range (created_at)`.
  Boxed<QualifiedName> partition_of;
  Boxed<SqlText> partition_bound;  // `for values …` or `default`.
  std::vector<Option> options;
  Boxed<Name> access_method;
  Boxed<Name> tablespace;
  Boxed<Name> was;
  std::vector<TableMember> members;
  std::vector<Span> foreign_targets;  // The names of tables that its foreign keys refer to.
  std::string comment;
  Span span;
};

// Where foreign keys among the members name other tables, in the order of the text.
inline std::vector<Span> ForeignTargetsOf(const std::vector<TableMember>& members) {
  std::vector<Span> targets;
  const auto add = [&](const Constraint& constraint) {
    if (constraint.foreign_key) targets.push_back(constraint.foreign_key->table.span);
  };
  for (const TableMember& member : members) {
    if (const auto* constraint = std::get_if<Constraint>(&member)) add(*constraint);
    if (const auto* column = std::get_if<Column>(&member)) {
      for (const Constraint& constraint : column->constraints) add(constraint);
    }
  }
  return targets;
}

struct SchemaDirective {  // Also declares the schema.
  Name name;
  bool is_template = false;
  Boxed<Name> was;
  std::string comment;
  Span span;
};

struct Extension {
  Name name;
  std::optional<Name> schema;
  std::optional<Name> version;
  std::string comment;
  Span span;
};

struct EnumLabel {
  Name label;
  Boxed<Name> was;
};
struct Enum {
  QualifiedName name;
  std::vector<EnumLabel> labels;
  Boxed<Name> was;
  std::string comment;
  Span span;
};

// Kinds whose CREATE statement is PostgreSQL's own, kept as text: `<keyword> <name> <rest>;`. `create <text>`
// must parse.
struct SqlObject {
  enum class Kind {
    Domain,
    Composite,
    Range,
    Sequence,
    Function,
    Procedure,
    Aggregate,
    View,
    MaterializedView,
    EventTrigger,
    Statistics,
    Collation,
    DefaultPrivileges,
    Comment,
    Remark,
  };
  Kind kind = Kind::Function;
  QualifiedName name;  // Empty for DefaultPrivileges, Comment and Remark.
  SqlText text;  // From the first keyword (`function`, `materialized`, `alter default privileges`) to before
                 // the `;`.
  SqlText rest;  // After the name.
  std::vector<TableMember>
      members;  // `materialized view v as … { index …; }`: indexes, triggers, rules, grants.
  Boxed<Name> was;
  std::string comment;
  Span span;
};

struct Value {  // In seed rows.
  std::variant<SqlText, JsonText> text;
};
struct SeedRow {
  std::vector<std::pair<Name, Value>> values;
  Span span;
};
struct Seed {
  QualifiedName table;
  std::vector<Name> key;
  std::vector<SeedRow> rows;
  Span span;
};

// What `drop`, `rename` and `depends on` name: `table a.b`, `index i on t`, `function f(integer)`, `trigger t
// on tbl`, `value …`.
struct Target {
  Name kind;  // "table", "materialized view", "index", "constraint", … : words joined by one blank.
  QualifiedName name;
  std::optional<QualifiedName> table;  // `on t`, or the table in whose body it stands.
  std::optional<SqlText> arguments;    // Of a function: inside the parentheses.
  Span span;
};

// raw "name" [depends on table a, function b(integer)] { up $$…$$ down $$…$$ }
struct Raw {
  Name name;
  std::vector<Target> depends_on;
  Name up;  // The string's value; span is that of its contents.
  std::optional<Name> down;
  std::string comment;
  Span span;
};

using Item = std::variant<SchemaDirective, Extension, Enum, Mixin, Table, SqlObject, Seed, Raw, Grant>;

// ---- model diffs

struct AddItem {
  Item item;
  Span span;
};
struct DropItem {
  Target target;
  std::optional<SqlText>
      restore;  // `drop column c restore 'x'`: what rows get when a downgrade brings it back.
  bool concurrently = false;
  Span span;
};
struct RenameItem {
  Target target;
  QualifiedName to;
  Span span;
};
// `replace function f…;`, `replace view v as …;`, `replace table t.constraint …`: same address, new
// definition.
struct ReplaceItem {
  Item item;
  Span span;
};
// Inside `alter table t { … }`.
struct AddMember {
  TableMember member;
  bool replace = false;  // `replace index i (…)`: same name, new definition.
  Span span;
};
// alter column NAME { type T [using e [down using e]] | set default e | drop default | set not null [backfill
// e] | drop not null
//   | add identity … | drop identity | drop expression | set storage s | set compression c | set statistics n
//   | comment 's' … }
struct AlterColumn {
  Name column;
  struct SetType {
    TypeName type;
    std::optional<QualifiedName> collation;
    std::optional<SqlText> using_expression;
    std::optional<SqlText> down_using;
  };
  struct SetDefault {
    std::optional<std::variant<SqlText, JsonText>> value;  // Missing: drop default.
  };
  struct SetNotNull {
    bool not_null = true;
    std::optional<std::variant<SqlText, JsonText>> backfill;
  };
  // All else, as PostgreSQL's ALTER TABLE … ALTER COLUMN has it: `add generated always as identity`, `set
  // storage external`.
  struct Other {
    SqlText text;
  };
  std::variant<SetType, SetDefault, SetNotNull, Other> action;
  Span span;
};
struct SetComment {              // comment 'text'; comment on column c 'text'; comment null.
  std::optional<Target> target;  // Missing: the altered object itself.
  std::optional<Name> text;      // Missing: null.
  Span span;
};
// `set unlogged;`, `set (fillfactor = 70);`, `disable trigger t;`, `no force row level security;`: an ALTER
// action in PostgreSQL's words.
struct AlterAction {
  SqlText text;
  Span span;
};
using TableAction = std::variant<AddMember, AlterColumn, DropItem, RenameItem, SetComment, AlterAction>;
struct AlterTable {  // Also views, materialized views: `kind` says which.
  Name kind;
  QualifiedName table;
  std::vector<TableAction> actions;
  Span span;
};
struct AlterEnum {
  struct Add {
    Name label;
    std::optional<Name> before;
    std::optional<Name> after;
  };
  struct RenameLabel {
    Name from;
    Name to;
  };
  struct DropLabel {
    Name label;
    std::optional<Name> map_to;
  };
  struct Reorder {  // `order (a, b, c);`: all labels.
    std::vector<Name> labels;
  };
  QualifiedName name;
  std::vector<std::variant<Add, RenameLabel, DropLabel, Reorder, SetComment>> actions;
  Span span;
};
// alter sequence|domain|type|extension|schema|function … { action; … } in PostgreSQL's words.
struct AlterObject {
  Target target;
  std::vector<std::variant<AlterAction, SetComment>> actions;
  Span span;
};
struct Backfill {  // backfill t set a = 1 where b;
  SqlText text;    // After `backfill`: `t set …`.
  QualifiedName table;
  Span span;
};
struct SqlBlock {  // sql "title" { up $$…$$ down $$…$$ }
  Name title;
  Name up;
  std::optional<Name> down;
  Span span;
};
struct Allow {  // allow drop-table, drop-column;
  std::vector<Name> hazards;
  Span span;
};
struct SeedChange {  // add|drop|replace seed t key (k) { … }
  Seed seed;
  enum class Kind { Add, Drop, Replace } kind = Kind::Add;
  Span span;
};

using DiffItem = std::variant<AddItem, DropItem, RenameItem, ReplaceItem, AlterTable, AlterEnum, AlterObject,
                              Backfill, SqlBlock, Allow, SeedChange, SchemaDirective>;

struct Revision {
  Name id;
  std::vector<Name> revises;
  std::optional<Name> message;
  std::optional<Name> profile;  // profile online;
  Span span;
};

struct File {
  SourceId source = kNoSource;
  std::optional<Revision>
      revision;  // Set: this is a model diff and `changes` counts; else a model and `items` counts.
  std::vector<std::shared_ptr<const Item>> items;  // Another model may share them.
  // Where each item ends in the text, its last `;` or `}` included. Empty when the file was not read item by
  // item.
  std::vector<std::uint32_t> ends;
  std::vector<DiffItem> changes;
};

}  // namespace schemac::ast
