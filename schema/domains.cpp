#include "schema/domains.h"

namespace schemac::schema {
namespace {

// Domains may stand on domains; a longer chain than this is a mistake that creation would have refused.
constexpr int kMostDomains = 1000;

}  // namespace

Type WithoutDomains(const Catalog& catalog, Type type) {
  for (int i = 0; i < kMostDomains && !type.array && !type.schema.empty(); ++i) {
    const auto* domain = catalog.Get<Domain>({ObjectKind::Domain, type.schema, type.name, ""});
    if (domain == nullptr) break;
    type = Type(domain->type);
  }
  return type;
}

}  // namespace schemac::schema
