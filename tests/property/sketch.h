// Schemas as a test thinks of them: every object has an id that stays through renames and changes, refers to
// others by id, and is written as SQL that PostgreSQL accepts. Random changes of a sketch give pairs of
// schemas of which it is known what was renamed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema/intent.h"

namespace schemac::testing {

using Id = int;  // 0 is none.

// What can be said about values of a type: literals, predicates, operators.
enum class Family {
  Integer,
  Number,
  Text,
  Boolean,
  Time,
  Uuid,
  Json,
  Bytes,
  Interval,
  IntegerArray,
  TextArray,
  Enum,
  EnumArray,
  Opaque,
};

struct BuiltinType {
  const char* text;
  Family family;
};
const std::vector<BuiltinType>& BuiltinTypes();

struct SketchType {
  int builtin = 0;  // When nothing is named.
  Id named = 0;     // An enum, a domain or a composite type.
  bool array = false;
  bool operator==(const SketchType&) const = default;
};

struct SketchBase {
  Id id = 0;
  Id schema = 0;  // 0 is public.
  std::string name;
  std::string comment;
};

struct SketchLabel {
  Id id = 0;
  std::string text;
};
struct SketchEnum : SketchBase {
  std::vector<SketchLabel> labels;
};
struct SketchDomain : SketchBase {
  int builtin = 0;
  bool not_null = false;
  int default_value = -1;
  int check = -1;
};
struct SketchAttribute : SketchBase {
  SketchType type;
};
struct SketchComposite : SketchBase {
  std::vector<SketchAttribute> attributes;
};
struct SketchCollation : SketchBase {
  int origin = 0;
};
struct SketchSequence : SketchBase {
  int increment = 1;
  int max = 0;
  bool cycle = false;
};
struct SketchFunction : SketchBase {
  bool trigger = false;
  std::vector<SketchType> arguments;
  int body = 0;
};

enum class Filling { Plain, Identity, IdentityByDefault, Serial, Sequence, Function, Generated };
struct SketchColumn : SketchBase {
  SketchType type;
  Id collation = 0;
  bool not_null = false;
  int default_value = -1;
  Filling filling = Filling::Plain;
  Id from = 0;  // The sequence, function or column that fills it.
  int statistics = -1;
  bool granted = false;
};
enum class KeyKind { Primary, Unique, Exclusion };
struct SketchKey : SketchBase {
  KeyKind kind = KeyKind::Unique;
  std::vector<Id> columns;
  bool deferrable = false;
  bool nulls_not_distinct = false;
};
struct SketchCheck : SketchBase {
  Id column = 0;
  int variant = 0;
  bool not_valid = false;
};
struct SketchForeignKey : SketchBase {
  Id column = 0;
  Id target = 0;
  Id target_column = 0;
  int action = 0;
  bool deferrable = false;
};
struct SketchIndex : SketchBase {
  std::vector<Id> columns;
  bool unique = false;
  bool descending = false;
  bool expression = false;
  Id where = 0;
  int variant = 0;
};
struct SketchTrigger : SketchBase {
  Id function = 0;
  Id column = 0;  // UPDATE OF and WHEN look at it.
  int variant = 0;
};
struct SketchPolicy : SketchBase {
  Id column = 0;
  int variant = 0;
  int command = 0;
  bool role = false;
};
struct SketchRule : SketchBase {
  Id column = 0;  // WHERE looks at it.
  int variant = 0;
};
struct SketchStatistics : SketchBase {
  std::vector<Id> columns;
};

enum class Link { None, Inherits, Partition };
struct SketchTable : SketchBase {
  std::vector<SketchColumn> columns;  // Its own.
  Id parent = 0;
  Link link = Link::None;
  int bound = 0;          // Of a partition.
  Id partitioned_by = 0;  // A column, when this table is partitioned.
  bool unlogged = false;
  bool row_security = false;
  int fillfactor = 0;
  int grants = 0;
  std::vector<SketchKey> keys;
  std::vector<SketchCheck> checks;
  std::vector<SketchForeignKey> foreign_keys;
  std::vector<SketchIndex> indexes;
  std::vector<SketchTrigger> triggers;
  std::vector<SketchPolicy> policies;
  std::vector<SketchRule> rules;
  std::vector<SketchStatistics> statistics;
};

struct SketchOutput : SketchBase {  // A column of a view.
  Id column = 0;                    // What it shows: a table's column or another view's.
};
struct SketchView : SketchBase {
  Id source = 0;
  std::vector<SketchOutput> outputs;
  Id where = 0;
  int variant = 0;
  bool materialized = false;
  bool granted = false;
  std::vector<SketchIndex> indexes;  // Of a materialized one.
};

// ALTER DEFAULT PRIVILEGES, of a schema or (0) of all.
struct SketchDefaults : SketchBase {
  int on = 0;
  int grant = 0;
  bool of_app = false;  // FOR ROLE app.
};

struct Sketch {
  std::vector<SketchBase> schemas;
  std::vector<SketchCollation> collations;
  std::vector<SketchEnum> enums;
  std::vector<SketchDomain> domains;
  std::vector<SketchComposite> composites;
  std::vector<SketchSequence> sequences;
  std::vector<SketchFunction> functions;
  std::vector<SketchTable> tables;
  std::vector<SketchView> views;  // Each after what it reads.
  std::vector<SketchDefaults> defaults;
};

// Names, types and columns of a sketch by id.
class Lookup {
 public:
  explicit Lookup(const Sketch& sketch);

  [[nodiscard]] bool Has(Id id) const { return named_.contains(id); }
  [[nodiscard]] const SketchBase& Base(Id id) const { return *named_.at(id); }
  // The name as it stands in SQL; with its schema for what lives in one.
  [[nodiscard]] std::string Name(Id id) const;
  [[nodiscard]] std::string Qualified(Id id) const;
  [[nodiscard]] std::string TypeText(const SketchType& type) const;
  [[nodiscard]] Family FamilyOf(const SketchType& type) const;
  // Of a table's column or a view's.
  [[nodiscard]] SketchType TypeOfColumn(Id column) const;
  // A table's own columns and those of its parent; a view's outputs.
  [[nodiscard]] std::vector<Id> ColumnsOf(Id relation) const;
  [[nodiscard]] bool HasColumn(Id relation, Id column) const;
  [[nodiscard]] const SketchColumn* Column(Id column) const;
  [[nodiscard]] const SketchTable* Table(Id table) const;
  [[nodiscard]] const SketchEnum* Enum(Id id) const;
  // A literal of the type; "" when there is none to write.
  [[nodiscard]] std::string Literal(const SketchType& type, int variant) const;
  // Something true or false about `subject`, SQL of that type.
  [[nodiscard]] std::string Predicate(const std::string& subject, const SketchType& type, int variant) const;
  [[nodiscard]] std::string PredicateOf(Id column, int variant) const;

 private:
  std::map<Id, const SketchBase*> named_;
  std::map<Id, const SketchEnum*> enums_;
  std::map<Id, const SketchDomain*> domains_;
  std::map<Id, const SketchColumn*> columns_;
  std::map<Id, const SketchTable*> tables_;
  std::map<Id, const SketchView*> views_;
  std::map<Id, const SketchOutput*> outputs_;
};

// The sketch as a script that makes it in an empty database.
std::string WriteSql(const Sketch& sketch);

// What has the same id in both and another name.
schema::Intent RenamesBetween(const Sketch& from, const Sketch& to);

}  // namespace schemac::testing
