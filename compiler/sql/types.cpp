// TypeName nodes to canonical types.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "compiler/sql/facts.h"
#include "compiler/sql/known_extensions.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/plain_statement.h"
#include "compiler/sql/type_key.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

Error TypeError(DiagnosticKind kind, std::string message, const PgQuery__TypeName& name) {
  Error error;
  error.message = std::move(message);
  error.kind = kind;
  if (name.location >= 0) error.offset = static_cast<std::size_t>(name.location);
  return error;
}

std::optional<std::int64_t> IntegerOf(const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_A_CONST) return std::nullopt;
  const PgQuery__AConst& constant = *node.a_const;
  if (constant.val_case != PG_QUERY__A__CONST__VAL_IVAL) return std::nullopt;
  return constant.ival == nullptr ? 0 : constant.ival->ival;
}

// What an extension's type has in parentheses: geometry(Point,4326).
std::optional<std::string> ModifierText(const PgQuery__Node& node) {
  if (const auto value = IntegerOf(node)) return std::to_string(*value);
  if (node.node_case == PG_QUERY__NODE__NODE_A_CONST &&
      node.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
    return node.a_const->sval->sval;
  }
  if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node.column_ref->n_fields == 1) {
    return std::string(StringOf(*node.column_ref->fields[0]));
  }
  return std::nullopt;
}

// PostGIS prints the names of shapes in its own capitals, whatever was written.
std::string ShapeName(std::string_view written) {
  static constexpr std::array<std::string_view, 15> kShapes{
      "Point",        "LineString",         "Polygon",           "MultiPoint",    "MultiLineString",
      "MultiPolygon", "GeometryCollection", "CircularString",    "CompoundCurve", "CurvePolygon",
      "MultiCurve",   "MultiSurface",       "PolyhedralSurface", "Triangle",      "Tin"};
  const auto same = [](std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
  };
  for (const std::string_view suffix : {"", "Z", "M", "ZM"}) {
    for (const std::string_view shape : kShapes) {
      if (same(written, fmt::format("{}{}", shape, suffix))) return fmt::format("{}{}", shape, suffix);
    }
  }
  return std::string(written);
}

// The bits of PostgreSQL's INTERVAL_MASK (src/include/utils/datetime.h).
std::string IntervalFields(std::int64_t mask) {
  constexpr std::int64_t kMonth = 1 << 1;
  constexpr std::int64_t kYear = 1 << 2;
  constexpr std::int64_t kDay = 1 << 3;
  constexpr std::int64_t kHour = 1 << 10;
  constexpr std::int64_t kMinute = 1 << 11;
  constexpr std::int64_t kSecond = 1 << 12;
  switch (mask) {
    case kYear:
      return "year";
    case kMonth:
      return "month";
    case kDay:
      return "day";
    case kHour:
      return "hour";
    case kMinute:
      return "minute";
    case kSecond:
      return "second";
    case kYear | kMonth:
      return "year to month";
    case kDay | kHour:
      return "day to hour";
    case kDay | kHour | kMinute:
      return "day to minute";
    case kDay | kHour | kMinute | kSecond:
      return "day to second";
    case kHour | kMinute:
      return "hour to minute";
    case kHour | kMinute | kSecond:
      return "hour to second";
    case kMinute | kSecond:
      return "minute to second";
    default:
      return "";
  }
}

ErrorOr<std::string> BuiltinModifiers(const PgQuery__TypeName& name, std::string_view type) {
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < name.n_typmods; ++i) {
    const auto value = IntegerOf(*name.typmods[i]);
    if (!value) return TypeError(DiagnosticKind::InvalidDefinition, "type modifiers must be integers", name);
    values.push_back(*value);
  }
  const auto refuse = [&](std::string_view why) {
    return TypeError(DiagnosticKind::InvalidDefinition,
                     fmt::format("invalid modifier of type {}: {}", type, why), name);
  };
  if (type == "interval") {
    std::string text = IntervalFields(values[0]);
    if (values.size() > 1) text += fmt::format("({})", std::min<std::int64_t>(values[1], 6));
    return text;
  }
  if (type == "numeric") {
    const std::int64_t scale = values.size() > 1 ? values[1] : 0;
    if (values.size() > 2 || values[0] < 1 || values[0] > 1000)
      return refuse("precision must be between 1 and 1000");
    if (scale < -1000 || scale > 1000) return refuse("scale must be between -1000 and 1000");
    return fmt::format("{},{}", values[0], scale);
  }
  if (values.size() > 1) return refuse("there is only one");
  if (type == "timestamp" || type == "timestamptz" || type == "time" || type == "timetz") {
    if (values[0] < 0) return refuse("precision must not be negative");
    return std::to_string(std::min<std::int64_t>(values[0], 6));
  }
  if (type == "varchar" || type == "bpchar") {
    if (values[0] < 1 || values[0] > 10485760) return refuse("length must be between 1 and 10485760");
    return std::to_string(values[0]);
  }
  if (type == "bit" || type == "varbit") {
    if (values[0] < 1 || values[0] > 83886080) return refuse("length must be between 1 and 83886080");
    return std::to_string(values[0]);
  }
  return refuse("the type takes none");
}

ErrorOr<schema::Type> BuiltinType(const PgQuery__TypeName& name, const TypeFact& fact) {
  const bool is_array = fact.category == 'A' && fact.name.front() == '_';
  const std::string_view base = is_array ? fact.element : fact.name;
  schema::Type type;
  if (name.n_typmods > 0) {
    auto modifiers = BuiltinModifiers(name, base);
    if (!modifiers) return modifiers.error();
    type.modifiers = *std::move(modifiers);
  }
  const TypeFact* base_fact = is_array ? FindTypeFact(base) : &fact;
  type.name = base_fact == nullptr ? base : base_fact->format;
  if (base == "bit" && type.modifiers.empty() && name.n_typmods == 0 && name.n_names == 2)
    type.modifiers = "1";
  type.array = is_array || name.n_array_bounds > 0;
  return type;
}

ErrorOr<schema::Type> UserType(const PgQuery__TypeName& name, schema::QualifiedName qualified) {
  schema::Type type;
  type.schema = std::move(qualified.schema);
  type.name = std::move(qualified.name);
  std::string modifiers;
  const bool is_shape = type.name == "geometry" || type.name == "geography";
  for (std::size_t i = 0; i < name.n_typmods; ++i) {
    const auto text = ModifierText(*name.typmods[i]);
    if (!text) return TypeError(DiagnosticKind::InvalidDefinition, "type modifiers must be constants", name);
    if (i > 0) modifiers += ',';
    modifiers += is_shape && i == 0 ? ShapeName(*text) : *text;
  }
  type.modifiers = std::move(modifiers);
  type.array = name.n_array_bounds > 0;
  return type;
}

std::vector<std::string> TypeNames(const Scope& scope) {
  std::vector<std::string> names;
  if (scope.catalog == nullptr) return names;
  for (const auto& [address, object] : scope.catalog->objects()) {
    const bool is_type =
        address.kind == schema::ObjectKind::Enum || address.kind == schema::ObjectKind::Domain ||
        address.kind == schema::ObjectKind::Composite || address.kind == schema::ObjectKind::Range;
    if (is_type) names.push_back(address.name);
  }
  for (const std::string_view builtin :
       {"integer", "bigint", "smallint", "text", "varchar", "boolean", "timestamp", "timestamptz", "numeric",
        "jsonb", "uuid", "interval", "bytea", "date", "real"}) {
    names.emplace_back(builtin);
  }
  return names;
}

// `table.column%TYPE`
ErrorOr<schema::Type> ColumnType(const PgQuery__TypeName& name, std::vector<std::string> parts,
                                 const Scope& scope) {
  if (parts.size() >= 2) {
    const std::string column = parts.back();
    parts.pop_back();
    const auto address =
        ResolveRelation(parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back(), scope);
    const schema::Table* table = address ? scope.catalog->FindTable(address->qualified()) : nullptr;
    if (const schema::Column* found = table == nullptr ? nullptr : table->FindColumn(column))
      return found->type;
  }
  return TypeError(DiagnosticKind::UnknownColumn, "no such column for %TYPE", name);
}

}  // namespace

std::string SerialType(const PgQuery__TypeName& name) {
  if (name.n_names != 1 || name.n_typmods > 0 || name.n_array_bounds > 0) return "";
  const std::string_view text = StringOf(*name.names[0]);
  if (text == "serial" || text == "serial4") return "integer";
  if (text == "bigserial" || text == "serial8") return "bigint";
  if (text == "smallserial" || text == "serial2") return "smallint";
  return "";
}

ErrorOr<schema::Type> MakeType(const PgQuery__TypeName& name, const Scope& scope) {
  if (name.pct_type) return ColumnType(name, NameParts(name.names, name.n_names), scope);
  if (name.n_names == 0 || name.n_names > 3)
    return TypeError(DiagnosticKind::UnknownType, "a type name has too many parts", name);
  const std::string_view written_schema = name.n_names > 1 ? StringOf(*name.names[name.n_names - 2]) : "";
  const std::string_view last = StringOf(*name.names[name.n_names - 1]);
  if (written_schema.empty() || written_schema == "pg_catalog") {
    if (const TypeFact* fact = FindTypeFact(last)) return BuiltinType(name, *fact);
  }
  const std::string_view system_schema = written_schema == "pg_catalog" ? std::string_view() : written_schema;
  if (IsSystemRowType(system_schema, last))
    return UserType(name, {std::string(system_schema), std::string(last)});
  // The array type of a user's type may be written _name.
  const auto address = ResolveType(written_schema, last, scope);
  // A range type brings its multirange type, under a name of its own in the same schema.
  if (address) return UserType(name, {address->schema, std::string(last)});
  if (last.size() > 1 && last.front() == '_') {
    if (const auto element = ResolveType(written_schema, last.substr(1), scope)) {
      auto type = UserType(name, element->qualified());
      if (type) type->array = true;
      return type;
    }
  }
  if (const auto brought = TypeOfExtension(written_schema, last, scope)) return UserType(name, *brought);
  Error error = TypeError(
      DiagnosticKind::UnknownType,
      fmt::format("no type \"{}{}{}\"", written_schema, written_schema.empty() ? "" : ".", last), name);
  error.length = last.size() + (written_schema.empty() ? 0 : written_schema.size() + 1);
  if (const std::string_view extension = ExtensionOfType(last); !extension.empty()) {
    error.fix = fmt::format("extension {} brings it", extension);
  } else if (const std::string near = Nearest(last, TypeNames(scope)); !near.empty()) {
    error.fix = fmt::format("write {}", QuoteIdentifier(near));
  }
  return error;
}

ErrorOr<schema::Type> ParseType(std::string_view text, const Scope& scope) {
  // The plain words that most columns are made of need no parser.
  const bool plain = !text.empty() && text.size() < 64 &&
                     std::all_of(text.begin(), text.end(), [](char c) { return IsLower(c) || c == '_'; });
  if (plain && text != "bit" && text != "char" && text != "character" && text != "dec" &&
      text.front() != '_') {
    if (const auto canonical = schema::CanonicalBuiltinType(text))
      return schema::Type{"", *canonical, "", false};
  }
  // A comment or semicolon would let the text leave the cast.
  const Tokens tokens(text);
  Arena arena;
  if (const PgQuery__TypeName* name = ReadPlainType(tokens, arena)) return MakeType(*name, scope);
  for (const Token& token : tokens.tokens()) {
    if (token.kind == TokenKind::Semicolon) {
      return Error{"a type name was expected", DiagnosticKind::SqlSyntax, token.begin, 1, ""};
    }
  }
  constexpr std::string_view kPrefix = "SELECT NULL::";
  auto tree = ParseTree::Parse(fmt::format("{}{}\n", kPrefix, text));
  const auto moved = [&](Error error) {
    if (error.offset)
      error.offset = std::min(*error.offset - std::min(*error.offset, kPrefix.size()), text.size());
    return error;
  };
  if (!tree) return moved(tree.error());
  const PgQuery__ParseResult& result = tree->result();
  if (result.n_stmts == 1 && result.stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
    const PgQuery__SelectStmt& select = *result.stmts[0]->stmt->select_stmt;
    const bool alone = select.n_target_list == 1 && select.n_from_clause == 0 &&
                       select.where_clause == nullptr && select.n_sort_clause == 0 &&
                       select.limit_count == nullptr && select.op == PG_QUERY__SET_OPERATION__SETOP_NONE;
    const PgQuery__ResTarget* target = alone ? select.target_list[0]->res_target : nullptr;
    const bool named = target != nullptr && target->name != nullptr && *target->name != '\0';
    if (target != nullptr && !named && target->val->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
      const PgQuery__TypeCast& cast = *target->val->type_cast;
      if (cast.arg->node_case == PG_QUERY__NODE__NODE_A_CONST) {
        auto type = MakeType(*cast.type_name, scope);
        if (!type) return moved(type.error());
        return type;
      }
    }
  }
  return Error{"a type name was expected", DiagnosticKind::SqlSyntax, 0,
               std::max<std::size_t>(text.size(), 1), ""};
}

}  // namespace schemac::sql
