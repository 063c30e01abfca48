#include "schema/type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::schema {

namespace {

// Types with more than one spelling: what may be written, and what format_type() prints (format_type.c).
struct Spelling {
  std::string_view written;
  std::string_view canonical;
};
constexpr std::array kSpellings = std::to_array<Spelling>({
    {"bool", "boolean"},
    {"bpchar", "character"},
    {"char", "character"},
    {"char varying", "character varying"},
    {"dec", "numeric"},
    {"decimal", "numeric"},
    {"float", "double precision"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int", "integer"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"national char", "character"},
    {"national char varying", "character varying"},
    {"national character", "character"},
    {"national character varying", "character varying"},
    {"nchar", "character"},
    {"nchar varying", "character varying"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
});

// The types of pg_catalog under the names format_type() prints: pg_type of PostgreSQL 15 without row types
// and arrays.
constexpr std::array kBuiltins = std::to_array<std::string_view>({
    "\"any\"",
    "\"char\"",
    "aclitem",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bigint",
    "bit",
    "bit varying",
    "boolean",
    "box",
    "bytea",
    "character",
    "character varying",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "double precision",
    "event_trigger",
    "fdw_handler",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2vector",
    "int4multirange",
    "int4range",
    "int8multirange",
    "int8range",
    "integer",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary",
    "pg_ddl_command",
    "pg_dependencies",
    "pg_lsn",
    "pg_mcv_list",
    "pg_ndistinct",
    "pg_node_tree",
    "pg_snapshot",
    "point",
    "polygon",
    "real",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "smallint",
    "table_am_handler",
    "text",
    "tid",
    "time with time zone",
    "time without time zone",
    "timestamp with time zone",
    "timestamp without time zone",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "void",
    "xid",
    "xid8",
    "xml",
});

// Lower case, one blank between words.
std::string Normalized(std::string_view name) {
  std::string text;
  for (char c : name) {
    if (IsBlank(c)) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else {
      text += Lower(c);
    }
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// pg_cast of PostgreSQL 15: casts to another type that are implicit or assignment casts. `*`: without a
// function, so that the stored bytes stay (castmethod 'b').
struct Casts {
  std::string_view from;
  std::string_view to;  // Between commas.
};
constexpr std::string_view kRegTypes =
    ",regclass*,regcollation*,regconfig*,regdictionary*,regnamespace*,regoper*,regoperator*,regproc*,"
    "regprocedure*,regrole*,regtype*,";
constexpr std::array kCasts = std::to_array<Casts>({
    {"\"char\"", ",character,character varying,text,"},
    {"bigint", ",double precision,integer,money,numeric,oid,real,smallint,"},
    {"bit", ",bit varying*,"},
    {"bit varying", ",bit*,"},
    {"boolean", ",character,character varying,text,"},
    {"box", ",polygon,"},
    {"character varying", ",\"char\",character*,name,regclass,text*,"},
    {"character", ",\"char\",character varying,name,text,"},
    {"cidr", ",character,character varying,inet*,text,"},
    {"date", ",timestamp with time zone,timestamp without time zone,"},
    {"double precision", ",bigint,integer,numeric,real,smallint,"},
    {"inet", ",character,character varying,cidr,text,"},
    {"integer", ",bigint,double precision,money,numeric,oid*,real,smallint,"},
    {"interval", ",time without time zone,"},
    {"json", ",jsonb,"},
    {"jsonb", ",json,"},
    {"macaddr", ",macaddr8,"},
    {"macaddr8", ",macaddr,"},
    {"money", ",numeric,"},
    {"name", ",character,character varying,text,"},
    {"numeric", ",bigint,double precision,integer,money,real,smallint,"},
    {"oid", ",bigint,integer*,"},
    {"path", ",polygon,"},
    {"pg_dependencies", ",bytea*,"},
    {"pg_mcv_list", ",bytea*,"},
    {"pg_ndistinct", ",bytea*,"},
    {"pg_node_tree", ",text*,"},
    {"point", ",box,"},
    {"polygon", ",path,"},
    {"real", ",bigint,double precision,integer,numeric,smallint,"},
    {"regoper", ",bigint,integer*,oid*,regoperator*,"},
    {"regoperator", ",bigint,integer*,oid*,regoper*,"},
    {"regproc", ",bigint,integer*,oid*,regprocedure*,"},
    {"regprocedure", ",bigint,integer*,oid*,regproc*,"},
    {"smallint", ",bigint,double precision,integer,numeric,oid,real,"},
    {"text", ",\"char\",character*,character varying*,name,regclass,"},
    {"time with time zone", ",time without time zone,"},
    {"time without time zone", ",interval,time with time zone,"},
    {"timestamp with time zone",
     ",date,time with time zone,time without time zone,timestamp without time zone,"},
    {"timestamp without time zone", ",date,time without time zone,timestamp with time zone,"},
    {"xml", ",character*,character varying*,text*,"},
});

enum class CastMethod : std::uint8_t { None, Function, Binary };

CastMethod Listed(std::string_view list, std::string_view name) {
  const std::string plain = "," + std::string(name) + ",";
  const std::string binary = "," + std::string(name) + "*,";
  if (list.find(binary) != std::string_view::npos) return CastMethod::Binary;
  return list.find(plain) != std::string_view::npos ? CastMethod::Function : CastMethod::None;
}

CastMethod FindCast(std::string_view from, std::string_view to) {
  const CastMethod to_reg = Listed(kRegTypes, to);
  if (to_reg == CastMethod::Binary) {
    if (from == "integer" || from == "oid") return CastMethod::Binary;
    if (from == "bigint" || from == "smallint") return CastMethod::Function;
  }
  if (Listed(kRegTypes, from) == CastMethod::Binary) {
    if (to == "integer" || to == "oid") return CastMethod::Binary;
    if (to == "bigint") return CastMethod::Function;
  }
  const auto* found = std::ranges::find(kCasts, from, &Casts::from);
  return found == kCasts.end() ? CastMethod::None : Listed(found->to, to);
}

// Types of category S take a value of any type by way of its text form, in assignments (find_coercion_pathway
// in parse_coerce.c). citext is what extensions add to the category.
bool IsStringType(const Type& type) {
  if (type.array) return false;
  if (type.name == "citext") return true;
  return type.schema.empty() && (type.name == "text" || type.name == "character varying" ||
                                 type.name == "character" || type.name == "name");
}

// The numbers in "10,2" or "3"; nullopt when there is something else ("day to second(3)").
std::optional<std::vector<int>> Numbers(std::string_view modifiers) {
  std::vector<int> numbers;
  while (!modifiers.empty()) {
    while (modifiers.starts_with(' ')) modifiers.remove_prefix(1);
    int value = 0;
    const char* end = modifiers.data() + modifiers.size();
    auto [stop, error] = std::from_chars(modifiers.data(), end, value);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(value);
    modifiers.remove_prefix(static_cast<std::size_t>(stop - modifiers.data()));
    if (modifiers.empty()) break;
    if (modifiers.front() != ',') return std::nullopt;
    modifiers.remove_prefix(1);
  }
  return numbers;
}

// Whether the length or precision grows in a way that the server knows to need no new rows: the planner
// support functions varchar_support, varbit_support, numeric_support, and TemporalSimplify for times.
bool OnlyWidens(const std::string& name, const std::string& from, const std::string& to) {
  if (from == to) return true;
  if (name == "character" || name == "bit") return false;
  if (to.empty()) return true;
  const auto before = Numbers(from);
  const auto after = Numbers(to);
  if (!before || !after || before->empty() || after->empty()) return false;
  if (name == "numeric") {
    const int scale_before = before->size() > 1 ? (*before)[1] : 0;
    const int scale_after = after->size() > 1 ? (*after)[1] : 0;
    return (*before)[0] <= (*after)[0] && scale_before == scale_after;
  }
  const bool widens = (*before)[0] <= (*after)[0];
  return widens && (name == "character varying" || name == "bit varying" || name == "interval" ||
                    name.starts_with("time"));
}

std::string SpellUserType(const Type& type) {
  // The bare name would be the type of pg_catalog.
  if (type.schema == "public" && CanonicalBuiltinType(type.name))
    return "public." + QuoteIdentifier(type.name);
  return QuoteQualified(type.schema, type.name);
}

}  // namespace

std::string FormatType(const Type& type) {
  std::string text;
  if (!type.schema.empty()) {
    text = SpellUserType(type);
    if (!type.modifiers.empty()) text += "(" + *type.modifiers + ")";
  } else if (type.name == "character" && type.modifiers.empty()) {
    text = "bpchar";  // `character` alone would be character(1).
  } else if (type.modifiers.empty()) {
    text = type.name;
  } else if (type.name == "interval" && !IsDigit(type.modifiers[0])) {
    text = type.name + " " + *type.modifiers;
  } else {
    // The precision of times stands in the middle: timestamp(3) with time zone.
    const std::size_t place = type.name.starts_with("time") ? type.name.find(' ') : std::string::npos;
    text = type.name.substr(0, place) + "(" + *type.modifiers + ")";
    if (place != std::string::npos) text += type.name.substr(place);
  }
  return type.array ? text + "[]" : text;
}

std::optional<std::string> CanonicalBuiltinType(std::string_view name) {
  const std::string normalized = Normalized(name);
  const auto* spelling = std::ranges::lower_bound(kSpellings, normalized, {}, &Spelling::written);
  if (spelling != kSpellings.end() && spelling->written == normalized)
    return std::string(spelling->canonical);
  if (std::ranges::binary_search(kBuiltins, normalized)) return normalized;
  return std::nullopt;
}

bool HasAssignmentCast(const Type& from, const Type& to) {
  if (IsStringType(to)) return true;
  if (from.array != to.array) return false;
  if (from.schema == to.schema && from.name == to.name) return true;
  // Arrays are cast element by element; for elements a cast by way of the text form is not considered.
  if (!from.schema.empty() || !to.schema.empty()) return false;
  return FindCast(from.name, to.name) != CastMethod::None;
}

bool IsBinaryCoercible(const Type& from, const Type& to) {
  if (from == to) return true;
  if (from.array != to.array) return false;
  if (from.schema == to.schema && from.name == to.name) {
    if (from.array) return to.modifiers.empty();  // A length is enforced element by element: a rewrite.
    return from.schema.empty() && OnlyWidens(from.name, from.modifiers, to.modifiers);
  }
  if (from.array) return false;
  if (from.name == "citext" || to.name == "citext") {
    const auto is_text = [](const Type& type) {
      return type.schema.empty() && (type.name == "text" || type.name == "character varying");
    };
    return (is_text(from) || is_text(to)) && to.modifiers.empty();
  }
  if (!from.schema.empty() || !to.schema.empty()) return false;
  return FindCast(from.name, to.name) == CastMethod::Binary && to.modifiers.empty();
}

}  // namespace schemac::schema
