#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/quote.h"
#include "tests/property/sketch.h"

namespace schemac::testing {
namespace {

constexpr std::array<const char*, 5> kActions = {"", " ON DELETE CASCADE",
                                                 " ON DELETE SET NULL ON UPDATE CASCADE",
                                                 " ON DELETE RESTRICT", " ON DELETE NO ACTION"};
constexpr std::array<const char*, 5> kCommands = {"ALL", "SELECT", "INSERT", "UPDATE", "DELETE"};
constexpr std::array<const char*, 4> kGrants = {
    "", "GRANT SELECT ON {} TO reader;\n", "GRANT SELECT, INSERT, UPDATE ON {} TO app;\n",
    "GRANT ALL ON {} TO app WITH GRANT OPTION;\nGRANT SELECT ON {} TO PUBLIC;\n"};

// What is told for tables, sequences, functions and types to come. Only what holds everywhere can take away
// what PUBLIC has by itself.
constexpr std::array<const char*, 4> kLaterGrants = {
    "GRANT SELECT ON TABLES TO reader", "GRANT ALL ON SEQUENCES TO app",
    "GRANT EXECUTE ON FUNCTIONS TO reader", "GRANT USAGE ON TYPES TO app WITH GRANT OPTION"};
constexpr std::array<const char*, 4> kLaterRevokes = {
    "GRANT INSERT, UPDATE ON TABLES TO app", "GRANT USAGE ON SEQUENCES TO reader",
    "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", "REVOKE USAGE ON TYPES FROM PUBLIC"};

class Writer {
 public:
  explicit Writer(const Sketch& sketch) : sketch_(sketch), lookup_(sketch) {}

  std::string Write() {
    for (const SketchBase& it : sketch_.schemas) {
      Add("CREATE SCHEMA {};\n", lookup_.Name(it.id));
      Comment("SCHEMA " + lookup_.Name(it.id), it);
    }
    for (const SketchCollation& it : sketch_.collations) {
      Add("CREATE COLLATION {} FROM {};\n", lookup_.Qualified(it.id), it.origin == 0 ? "\"C\"" : "\"POSIX\"");
      Comment("COLLATION " + lookup_.Qualified(it.id), it);
    }
    Types();
    for (const SketchSequence& it : sketch_.sequences) Sequence(it);
    for (const SketchFunction& it : sketch_.functions) Function(it);
    for (const SketchTable& it : sketch_.tables) {
      if (it.link == Link::None) Table(it);
    }
    for (const SketchTable& it : sketch_.tables) {
      if (it.link != Link::None) Table(it);
    }
    for (const SketchTable& it : sketch_.tables) Parts(it);
    for (const SketchTable& it : sketch_.tables) ForeignKeys(it);
    for (const SketchView& it : sketch_.views) View(it);
    for (const SketchDefaults& it : sketch_.defaults) Defaults(it);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void Add(std::string_view format, const Args&... args) {
    out_ += fmt::format(fmt::runtime(format), args...);
  }

  void Comment(const std::string& what, const SketchBase& it) {
    if (!it.comment.empty()) Add("COMMENT ON {} IS {};\n", what, QuoteLiteral(it.comment));
  }
  void CommentOnPart(const char* kind, const SketchTable& table, const SketchBase& it) {
    if (!it.name.empty())
      Comment(fmt::format("{} {} ON {}", kind, QuoteIdentifier(it.name), lookup_.Qualified(table.id)), it);
  }

  [[nodiscard]] std::string Names(const std::vector<Id>& columns) const {
    std::vector<std::string> names;
    for (const Id column : columns) names.push_back(lookup_.Name(column));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void Types() {
    for (const SketchEnum& it : sketch_.enums) {
      std::vector<std::string> labels;
      for (const SketchLabel& label : it.labels) labels.push_back(QuoteLiteral(label.text));
      Add("CREATE TYPE {} AS ENUM ({});\n", lookup_.Qualified(it.id), fmt::join(labels, ", "));
      Comment("TYPE " + lookup_.Qualified(it.id), it);
    }
    for (const SketchDomain& it : sketch_.domains) Domain(it);
    for (const SketchComposite& it : sketch_.composites) {
      std::vector<std::string> attributes;
      for (const SketchAttribute& attribute : it.attributes) {
        attributes.push_back(QuoteIdentifier(attribute.name) + " " + lookup_.TypeText(attribute.type));
      }
      Add("CREATE TYPE {} AS ({});\n", lookup_.Qualified(it.id), fmt::join(attributes, ", "));
      Comment("TYPE " + lookup_.Qualified(it.id), it);
    }
  }

  void Domain(const SketchDomain& it) {
    const SketchType type{it.builtin};
    Add("CREATE DOMAIN {} AS {}", lookup_.Qualified(it.id), lookup_.TypeText(type));
    if (it.default_value >= 0) Add(" DEFAULT {}", lookup_.Literal(type, it.default_value));
    if (it.not_null) Add(" NOT NULL");
    if (it.check >= 0) Add(" CHECK ({})", lookup_.Predicate("VALUE", type, it.check));
    Add(";\n");
    Comment("DOMAIN " + lookup_.Qualified(it.id), it);
  }

  void Sequence(const SketchSequence& it) {
    Add("CREATE SEQUENCE {} INCREMENT BY {}", lookup_.Qualified(it.id), it.increment);
    if (it.max > 0) Add(" MAXVALUE {}", it.max);
    Add("{};\n", it.cycle ? " CYCLE" : "");
    Comment("SEQUENCE " + lookup_.Qualified(it.id), it);
  }

  void Function(const SketchFunction& it) {
    if (it.trigger) {
      Add("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ begin /* {} */ return new; end $$;\n",
          lookup_.Qualified(it.id), it.body);
      return Comment("FUNCTION " + lookup_.Qualified(it.id) + "()", it);
    }
    std::vector<std::string> types;
    for (const SketchType& type : it.arguments) types.push_back(lookup_.TypeText(type));
    const std::string signature = fmt::format("{}({})", lookup_.Qualified(it.id), fmt::join(types, ", "));
    Add("CREATE FUNCTION {} RETURNS integer LANGUAGE sql{} AS $$ select {} $$;\n", signature,
        it.body % 2 == 0 ? "" : " STABLE", it.body);
    if (it.body % 3 == 1) Add("REVOKE ALL ON FUNCTION {} FROM PUBLIC;\n", signature);
    Comment("FUNCTION " + signature, it);
  }

  [[nodiscard]] std::string Fill(const SketchColumn& it) const {
    switch (it.filling) {
      case Filling::Identity:
        return " GENERATED ALWAYS AS IDENTITY";
      case Filling::IdentityByDefault:
        return " GENERATED BY DEFAULT AS IDENTITY (START WITH 100)";
      case Filling::Sequence:
        return fmt::format(" DEFAULT nextval({})", QuoteLiteral(lookup_.Qualified(it.from)));
      case Filling::Function:
        return fmt::format(" DEFAULT {}()", lookup_.Qualified(it.from));
      case Filling::Generated: {
        const bool text = lookup_.FamilyOf(it.type) == Family::Text;
        return fmt::format(fmt::runtime(text ? " GENERATED ALWAYS AS (lower({})) STORED"
                                             : " GENERATED ALWAYS AS ({} + 1) STORED"),
                           lookup_.Name(it.from));
      }
      case Filling::Serial:
        return "";
      case Filling::Plain:
        break;
    }
    const std::string literal = it.default_value < 0 ? "" : lookup_.Literal(it.type, it.default_value);
    return literal.empty() ? "" : " DEFAULT " + literal;
  }

  [[nodiscard]] std::string Column(const SketchColumn& it) const {
    const bool serial = it.filling == Filling::Serial;
    const std::string collation = it.collation == 0 ? "" : " COLLATE " + lookup_.Qualified(it.collation);
    return QuoteIdentifier(it.name) + " " + (serial ? "serial" : lookup_.TypeText(it.type)) + collation +
           Fill(it) + (it.not_null && !serial ? " NOT NULL" : "");
  }

  [[nodiscard]] std::string Key(const SketchKey& it) const {
    std::string text = it.name.empty() ? "" : fmt::format("CONSTRAINT {} ", QuoteIdentifier(it.name));
    if (it.kind == KeyKind::Exclusion) {
      return text + fmt::format("EXCLUDE USING btree ({} WITH =)", lookup_.Name(it.columns.front()));
    }
    text += it.kind == KeyKind::Primary ? "PRIMARY KEY" : "UNIQUE";
    if (it.nulls_not_distinct && it.kind == KeyKind::Unique) text += " NULLS NOT DISTINCT";
    return text +
           fmt::format(" ({}){}", Names(it.columns), it.deferrable ? " DEFERRABLE INITIALLY DEFERRED" : "");
  }

  void Table(const SketchTable& it) {
    std::vector<std::string> members;
    for (const SketchColumn& column : it.columns) members.push_back(Column(column));
    for (const SketchKey& key : it.keys) members.push_back(Key(key));
    for (const SketchCheck& check : it.checks) {
      if (check.not_valid) continue;
      members.push_back(
          (check.name.empty() ? "" : fmt::format("CONSTRAINT {} ", QuoteIdentifier(check.name))) +
          fmt::format("CHECK ({})", lookup_.PredicateOf(check.column, check.variant)));
    }
    Add("CREATE{} TABLE {}", it.unlogged ? " UNLOGGED" : "", lookup_.Qualified(it.id));
    if (it.link == Link::Partition) {
      Add(" PARTITION OF {}", lookup_.Qualified(it.parent));
      if (!members.empty()) Add(" ({})", fmt::join(members, ", "));
      Add(" FOR VALUES FROM ({}) TO ({});\n", it.bound * 10, it.bound * 10 + 10);
      return;
    }
    Add(" ({})", fmt::join(members, ", "));
    if (it.link == Link::Inherits) Add(" INHERITS ({})", lookup_.Qualified(it.parent));
    if (it.partitioned_by != 0) Add(" PARTITION BY RANGE ({})", lookup_.Name(it.partitioned_by));
    if (it.fillfactor > 0) Add(" WITH (fillfactor = {})", it.fillfactor);
    Add(";\n");
  }

  void Parts(const SketchTable& it) {
    const std::string name = lookup_.Qualified(it.id);
    Comment("TABLE " + name, it);
    for (const SketchColumn& column : it.columns) ColumnParts(it, column);
    for (const SketchKey& key : it.keys) CommentOnPart("CONSTRAINT", it, key);
    for (const SketchCheck& check : it.checks) {
      if (check.not_valid)
        Add("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({}) NOT VALID;\n", name, QuoteIdentifier(check.name),
            lookup_.PredicateOf(check.column, check.variant));
      CommentOnPart("CONSTRAINT", it, check);
    }
    for (const SketchIndex& index : it.indexes) Index(it, index);
    for (const SketchStatistics& statistics : it.statistics) {
      Add("CREATE STATISTICS {} ON {} FROM {};\n", QuoteQualified(SchemaName(it), statistics.name),
          Names(statistics.columns), name);
    }
    for (const SketchTrigger& trigger : it.triggers) Trigger(it, trigger);
    if (it.row_security) Add("ALTER TABLE {} ENABLE ROW LEVEL SECURITY;\n", name);
    for (const SketchPolicy& policy : it.policies) Policy(it, policy);
    for (const SketchRule& rule : it.rules) Rule(it, rule);
    Add(kGrants[static_cast<std::size_t>(it.grants)], name, name);
  }

  [[nodiscard]] std::string SchemaName(const SketchBase& it) const {
    return it.schema == 0 ? "public" : lookup_.Base(it.schema).name;
  }

  void ColumnParts(const SketchTable& table, const SketchColumn& it) {
    const std::string name = lookup_.Qualified(table.id);
    Comment(fmt::format("COLUMN {}.{}", name, lookup_.Name(it.id)), it);
    if (it.statistics >= 0)
      Add("ALTER TABLE {} ALTER COLUMN {} SET STATISTICS {};\n", name, lookup_.Name(it.id), it.statistics);
    if (it.granted) Add("GRANT SELECT ({}) ON {} TO reader;\n", lookup_.Name(it.id), name);
  }

  [[nodiscard]] std::string IndexElements(const SketchIndex& it) const {
    std::vector<std::string> elements;
    for (const Id column : it.columns) {
      const Family family = lookup_.FamilyOf(lookup_.TypeOfColumn(column));
      std::string text = lookup_.Name(column);
      if (it.expression && family == Family::Text) text = fmt::format("lower({})", text);
      if (it.expression && family == Family::Integer) text = fmt::format("({} + 1)", text);
      if (it.expression && family == Family::Json) text = fmt::format("({} ->> 'a')", text);
      elements.push_back(text + (it.descending ? " DESC" : ""));
    }
    return fmt::format("{}", fmt::join(elements, ", "));
  }

  void Index(const SketchBase& relation, const SketchIndex& it) {
    Add("CREATE {}INDEX {} ON {} ({})", it.unique ? "UNIQUE " : "",
        it.name.empty() ? "" : QuoteIdentifier(it.name), lookup_.Qualified(relation.id), IndexElements(it));
    if (it.where != 0) Add(" WHERE {}", lookup_.PredicateOf(it.where, it.variant));
    Add(";\n");
    if (!it.name.empty()) Comment("INDEX " + QuoteQualified(SchemaName(relation), it.name), it);
  }

  void Trigger(const SketchTable& table, const SketchTrigger& it) {
    Add("CREATE TRIGGER {} BEFORE {} ON {} FOR EACH ROW {}EXECUTE FUNCTION {}();\n", QuoteIdentifier(it.name),
        it.variant % 2 == 0 ? "INSERT OR UPDATE" : "UPDATE OF " + lookup_.Name(it.column),
        lookup_.Qualified(table.id),
        it.variant % 3 == 0 ? fmt::format("WHEN (NEW.{} IS NOT NULL) ", lookup_.Name(it.column)) : "",
        lookup_.Qualified(it.function));
    CommentOnPart("TRIGGER", table, it);
  }

  void Policy(const SketchTable& table, const SketchPolicy& it) {
    const std::string predicate = lookup_.PredicateOf(it.column, it.variant);
    const std::string command = kCommands[static_cast<std::size_t>(it.command)];
    Add("CREATE POLICY {} ON {} FOR {}{}{};\n", QuoteIdentifier(it.name), lookup_.Qualified(table.id),
        command, it.role ? " TO app, reader" : "",
        (command == "INSERT" ? " WITH CHECK (" : " USING (") + predicate + ")");
    CommentOnPart("POLICY", table, it);
  }

  void Rule(const SketchTable& table, const SketchRule& it) {
    const std::string column = lookup_.Name(it.column);
    const std::array<std::string, 4> bodies = {
        "DELETE TO {} DO INSTEAD NOTHING",
        fmt::format("INSERT TO {{}} WHERE NEW.{} IS NULL DO ALSO NOTHING", column),
        fmt::format("UPDATE TO {{}} WHERE OLD.{} IS NOT NULL DO INSTEAD NOTHING", column),
        "UPDATE TO {} DO ALSO NOTIFY news"};
    Add("CREATE RULE {} AS ON " + bodies[static_cast<std::size_t>(it.variant)] + ";\n",
        QuoteIdentifier(it.name), lookup_.Qualified(table.id));
    CommentOnPart("RULE", table, it);
  }

  void Defaults(const SketchDefaults& it) {
    const auto& grants = it.grant == 0 || (it.schema != 0 && it.on >= 2) ? kLaterGrants : kLaterRevokes;
    const std::string_view grant = grants[static_cast<std::size_t>(it.on)];
    Add("ALTER DEFAULT PRIVILEGES");
    // What a role grants to itself on what it makes says nothing.
    if (it.of_app && grant.find("TO app") == std::string_view::npos) Add(" FOR ROLE app");
    if (it.schema != 0) Add(" IN SCHEMA {}", lookup_.Name(it.schema));
    Add(" {};\n", grant);
    if (it.on == 1 && it.schema != 0)
      Add("GRANT SELECT ON ALL SEQUENCES IN SCHEMA {} TO reader;\n", lookup_.Name(it.schema));
  }

  void ForeignKeys(const SketchTable& table) {
    for (const SketchForeignKey& it : table.foreign_keys) {
      Add("ALTER TABLE {} ADD {}FOREIGN KEY ({}) REFERENCES {} ({}){}{};\n", lookup_.Qualified(table.id),
          it.name.empty() ? "" : fmt::format("CONSTRAINT {} ", QuoteIdentifier(it.name)),
          lookup_.Name(it.column), lookup_.Qualified(it.target), lookup_.Name(it.target_column),
          kActions[static_cast<std::size_t>(it.action)], it.deferrable ? " DEFERRABLE" : "");
      CommentOnPart("CONSTRAINT", table, it);
    }
  }

  void View(const SketchView& it) {
    std::vector<std::string> outputs;
    for (const SketchOutput& output : it.outputs) {
      outputs.push_back(lookup_.Name(output.column) +
                        (output.name.empty() ? "" : " AS " + QuoteIdentifier(output.name)));
    }
    const char* kind = it.materialized ? "MATERIALIZED VIEW" : "VIEW";
    const std::string name = lookup_.Qualified(it.id);
    Add("CREATE {} {} AS SELECT {} FROM {}", kind, name, fmt::join(outputs, ", "),
        lookup_.Qualified(it.source));
    if (it.where != 0) Add(" WHERE {}", lookup_.PredicateOf(it.where, it.variant));
    Add(";\n");
    Comment(fmt::format("{} {}", kind, name), it);
    if (it.granted) Add("GRANT SELECT ON {} TO reader;\n", name);
    for (const SketchIndex& index : it.indexes) Index(it, index);
  }

  const Sketch& sketch_;
  Lookup lookup_;
  std::string out_;
};

}  // namespace

std::string WriteSql(const Sketch& sketch) { return Writer(sketch).Write(); }

}  // namespace schemac::testing
