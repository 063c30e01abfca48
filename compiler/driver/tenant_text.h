// The units of a revision as SQL, and as a text with holes that is filled for each tenant.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/tenant_units.h"

namespace schemac {

// A text in which the tenant's name stands open. Filling it costs no more than writing it.
class TenantText {
 public:
  explicit TenantText(std::string_view text);
  // `place` is the tenant's place in the list, for people: "12 of 50".
  void Write(std::string_view tenant, std::string_view place, std::ostream& out) const;
  [[nodiscard]] std::string For(std::string_view tenant, std::string_view place) const;

 private:
  enum class Hole { Identifier, Name, Place, End };
  struct Piece {
    std::string text;
    Hole hole = Hole::End;
  };
  std::vector<Piece> pieces_;
};

// Why no schema of a tenant can be called so, for people; "" when it can. Beside what PostgreSQL refuses,
// quotes, dollars, backslashes and control characters, which would end a string that the name stands in.
std::string TenantNameFault(std::string_view name);

struct TenantOptions {
  std::string ledger_table;  // As in the settings; the tenants' have its name, in their schemas.
  std::string lock_timeout;
};

// A unit as one statement, kAnyTenant standing for the tenant. `tenants` are those that a shared unit waits
// for.
std::string UnitText(const TenantUnit& unit, const std::vector<std::string>& tenants,
                     const TenantOptions& options);

}  // namespace schemac
