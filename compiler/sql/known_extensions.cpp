#include "compiler/sql/known_extensions.h"

#include <algorithm>
#include <array>
#include <vector>

namespace schemac::sql {
namespace {

struct Brought {
  std::string_view name;
  std::string_view by;
};

struct BroughtFunction {
  std::string_view name;
  std::string_view by;
  std::string_view result;
};

constexpr std::array kExtensionTypes = std::to_array<Brought>({
    {"bigint_range", "btree_gist"},
    {"box2d", "postgis"},
    {"box2df", "postgis"},
    {"box3d", "postgis"},
    {"citext", "citext"},
    {"cube", "cube"},
    {"earth", "earthdistance"},
    {"ean13", "isn"},
    {"geography", "postgis"},
    {"geometry", "postgis"},
    {"gidx", "postgis"},
    {"halfvec", "vector"},
    {"hll", "hll"},
    {"hstore", "hstore"},
    {"isbn", "isn"},
    {"isbn13", "isn"},
    {"ismn", "isn"},
    {"issn", "isn"},
    {"lquery", "ltree"},
    {"ltree", "ltree"},
    {"ltxtquery", "ltree"},
    {"query_int", "intarray"},
    {"raster", "postgis_raster"},
    {"seg", "seg"},
    {"semver", "semver"},
    {"sparsevec", "vector"},
    {"spheroid", "postgis"},
    {"upc", "isn"},
    {"vector", "vector"},
});

// Extensions that bring functions, operators or views only: they explain no unknown type.
constexpr std::array<std::string_view, 31> kWithoutTypes{
    "adminpack",       "amcheck",         "autoinc",
    "bloom",           "btree_gin",       "btree_gist",
    "dblink",          "dict_int",        "dict_xsyn",
    "fuzzystrmatch",   "insert_username", "intagg",
    "moddatetime",     "pageinspect",     "pg_buffercache",
    "pg_freespacemap", "pg_prewarm",      "pg_stat_statements",
    "pg_trgm",         "pg_visibility",   "pgcrypto",
    "pgrowlocks",      "pgstattuple",     "plpgsql",
    "postgres_fdw",    "refint",          "sslinfo",
    "tablefunc",       "tsm_system_rows", "unaccent",
    "uuid-ossp"};

constexpr std::array kExtensionFunctions = std::to_array<BroughtFunction>({
    {"armor", "pgcrypto", "text"},
    {"crypt", "pgcrypto", "text"},
    {"daitch_mokotoff", "fuzzystrmatch", "_text"},
    {"digest", "pgcrypto", "bytea"},
    {"dmetaphone", "fuzzystrmatch", "text"},
    {"dmetaphone_alt", "fuzzystrmatch", "text"},
    {"gen_random_bytes", "pgcrypto", "bytea"},
    {"gen_salt", "pgcrypto", "text"},
    {"hmac", "pgcrypto", "bytea"},
    {"levenshtein", "fuzzystrmatch", "int4"},
    {"levenshtein_less_equal", "fuzzystrmatch", "int4"},
    {"metaphone", "fuzzystrmatch", "text"},
    {"pgp_sym_decrypt", "pgcrypto", "text"},
    {"pgp_sym_encrypt", "pgcrypto", "bytea"},
    {"show_trgm", "pg_trgm", "_text"},
    {"similarity", "pg_trgm", "float4"},
    {"soundex", "fuzzystrmatch", "text"},
    {"strict_word_similarity", "pg_trgm", "float4"},
    {"unaccent", "unaccent", "text"},
    {"uuid_generate_v1", "uuid-ossp", "uuid"},
    {"uuid_generate_v1mc", "uuid-ossp", "uuid"},
    {"uuid_generate_v3", "uuid-ossp", "uuid"},
    {"uuid_generate_v4", "uuid-ossp", "uuid"},
    {"uuid_generate_v5", "uuid-ossp", "uuid"},
    {"uuid_nil", "uuid-ossp", "uuid"},
    {"uuid_ns_dns", "uuid-ossp", "uuid"},
    {"uuid_ns_oid", "uuid-ossp", "uuid"},
    {"uuid_ns_url", "uuid-ossp", "uuid"},
    {"uuid_ns_x500", "uuid-ossp", "uuid"},
    {"word_similarity", "pg_trgm", "float4"},
});

std::vector<const schema::Extension*> Extensions(const Scope& scope) {
  std::vector<const schema::Extension*> extensions;
  if (scope.catalog == nullptr) return extensions;
  const auto& objects = scope.catalog->objects();
  for (auto at = objects.lower_bound({schema::ObjectKind::Extension, "", "", ""});
       at != objects.end() && at->first.kind == schema::ObjectKind::Extension; ++at) {
    extensions.push_back(&std::get<schema::Extension>(at->second));
  }
  return extensions;
}

// The entry of that name; nullptr when there is none.
const auto* Lookup(const auto& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

std::string_view ExtensionOfType(std::string_view type) {
  const Brought* const found = Lookup(kExtensionTypes, type);
  return found == nullptr ? std::string_view() : found->by;
}

std::string_view ResultOfExtensionFunction(std::string_view function) {
  const BroughtFunction* const found = Lookup(kExtensionFunctions, function);
  return found == nullptr ? std::string_view() : found->result;
}

std::string SchemaOfExtensionFunction(std::string_view function, const Scope& scope) {
  const BroughtFunction* const found = Lookup(kExtensionFunctions, function);
  if (found == nullptr || scope.catalog == nullptr) return "";
  const auto* extension =
      scope.catalog->Get<schema::Extension>({schema::ObjectKind::Extension, "", std::string(found->by), ""});
  return extension == nullptr ? std::string() : extension->schema;
}

bool HasExtensions(const Scope& scope) { return !Extensions(scope).empty(); }

std::optional<schema::QualifiedName> TypeOfExtension(std::string_view written_schema, std::string_view name,
                                                     const Scope& scope) {
  if (written_schema == "pg_catalog" || written_schema == "information_schema") return std::nullopt;
  const std::string_view known = ExtensionOfType(name);
  const auto qualify = [&](const schema::Extension& extension) {
    const std::string home = extension.schema.empty() ? "public" : extension.schema;
    return schema::QualifiedName{written_schema.empty() ? home : std::string(written_schema),
                                 std::string(name)};
  };
  for (const schema::Extension* extension : Extensions(scope)) {
    if (!known.empty() ? extension->name == known : false) return qualify(*extension);
  }
  if (!known.empty()) return std::nullopt;
  for (const schema::Extension* extension : Extensions(scope)) {
    const bool brings_none =
        std::find(kWithoutTypes.begin(), kWithoutTypes.end(), extension->name) != kWithoutTypes.end();
    const bool is_known = std::any_of(kExtensionTypes.begin(), kExtensionTypes.end(),
                                      [&](const Brought& type) { return type.by == extension->name; });
    if (!brings_none && !is_known) return qualify(*extension);
  }
  return std::nullopt;
}

}  // namespace schemac::sql
