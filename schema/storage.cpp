#include "schema/storage.h"

#include <algorithm>
#include <array>
#include <string_view>

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

// Domains may stand on domains; a longer chain than this is a mistake that creation would have refused.
constexpr int kMostDomains = 1000;

}  // namespace

std::string OwnStorage(const Catalog& catalog, const Type& type) {
  Type base = type;
  for (int i = 0; i < kMostDomains && !base.array && !base.schema.empty(); ++i) {
    const auto* domain = catalog.Get<Domain>({ObjectKind::Domain, base.schema, base.name, ""});
    if (domain == nullptr) break;
    base = domain->type;
  }
  if (base.array) return "extended";
  if (!base.schema.empty())
    return catalog.Has({ObjectKind::Enum, base.schema, base.name, ""}) ? "plain" : "extended";
  if (base.name == "numeric" || base.name == "inet" || base.name == "cidr") return "main";
  return std::ranges::find(kPlain, base.name) != kPlain.end() ? "plain" : "extended";
}

}  // namespace schemac::schema
