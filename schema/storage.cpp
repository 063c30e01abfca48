#include "schema/storage.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "schema/domains.h"

namespace schemac::schema {
namespace {

// Types of pg_catalog with a fixed length, or too short to be worth compressing.
constexpr auto kPlain = std::to_array<std::string_view>({"smallint",
                                                         "integer",
                                                         "bigint",
                                                         "boolean",
                                                         "real",
                                                         "double precision",
                                                         "date",
                                                         "time without time zone",
                                                         "time with time zone",
                                                         "timestamp without time zone",
                                                         "timestamp with time zone",
                                                         "interval",
                                                         "uuid",
                                                         "oid",
                                                         "\"char\"",
                                                         "name",
                                                         "money",
                                                         "macaddr",
                                                         "macaddr8",
                                                         "point",
                                                         "line",
                                                         "lseg",
                                                         "box",
                                                         "circle",
                                                         "pg_lsn",
                                                         "tsquery",
                                                         "xid",
                                                         "xid8",
                                                         "cid",
                                                         "tid",
                                                         "regclass",
                                                         "regtype",
                                                         "regproc",
                                                         "regprocedure",
                                                         "regoper",
                                                         "regoperator",
                                                         "regrole",
                                                         "regnamespace",
                                                         "regconfig",
                                                         "regdictionary",
                                                         "regcollation"});

}  // namespace

std::string OwnStorage(const Catalog& catalog, const Type& type) {
  const Type base = WithoutDomains(catalog, type);
  if (base.array) return "extended";
  if (!base.schema.empty())
    return catalog.Has({ObjectKind::Enum, base.schema, base.name, ""}) ? "plain" : "extended";
  if (base.name == "numeric" || base.name == "inet" || base.name == "cidr") return "main";
  return std::ranges::find(kPlain, base.name) != kPlain.end() ? "plain" : "extended";
}

}  // namespace schemac::schema
