// A revision of a project whose tenants have a schema each, taken apart: what is done once, and what is done
// for every tenant, in an order that holds for both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/scripts.h"
#include "emitters/layouts/ledger.h"
#include "emitters/statement.h"

namespace schemac {

// A row of a ledger: either name says that the unit is done.
struct UnitMark {
  std::string mark;  // "0002_x (part 1 of 2)"; the revision itself for the last unit.
  std::string revision;
};

// What is done in one transaction: of the shared schemas, or of one tenant. The SQL names the tenant's schema
// kAnyTenant (compiler/history/tenant_state.h).
struct TenantUnit {
  bool of_tenant = false;
  bool down = false;        // On the way back from the revision, which has its row until the last unit.
  bool transaction = true;  // Without: one statement by itself, that may be run twice.
  std::string revision;
  std::vector<std::string> revises;
  std::vector<std::string> revised_by;  // On the way back: what must be undone before.
  std::string checksum;
  UnitMark own;
  std::optional<UnitMark> before;          // The unit before it in the same ledger.
  std::optional<UnitMark> shared_before;   // Of a tenant's unit: the shared one that it builds on.
  std::optional<UnitMark> tenants_before;  // Of a shared unit: what every tenant must have done.
  bool makes_schema = false;               // The tenant's schema comes with it.
  bool drops_schema = false;               // The tenant's schema goes with it.
  std::vector<emitters::Stop> stops;
  std::vector<emitters::Statement> statements;
  std::vector<bool> hand_written;  // For each statement.
};

// The schema that is a template at the head, or the one that the settings name (`told`; "" for none).
// nullopt, with diagnostics, when there is none, or more than one.
std::optional<std::string> FindTemplate(Context& context, const schema::Catalog& head,
                                        const std::string& told);

// The units of one revision's upgrade, or downgrade when `down`, proved as the script itself is. nullopt,
// with diagnostics, when an object of a shared schema builds on a tenant's, or a text leaves open which
// schema it means.
std::optional<std::vector<TenantUnit>> UnitsOf(Context& context, const Project& project,
                                               const History& history, const Compiled& compiled,
                                               const std::string& template_schema, bool down);

}  // namespace schemac
