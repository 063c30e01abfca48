#include "compiler/driver/comparable.h"

#include <functional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/words.h"

namespace schemac {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

class Comparable {
 public:
  Comparable(schema::Catalog& found, const schema::Catalog& wanted, const ComparableOptions& options)
      : found_(found), wanted_(wanted), options_(options) {}

  std::vector<std::string> Run() {
    RemoveLedger();
    RemoveOtherSchemas();
    RemoveOtherExtensions();
    TakeOver();
    if (!options_.all_grants) RemoveOtherGrants();
    return {notes_.begin(), notes_.end()};
  }

 private:
  void RemoveIf(const std::function<bool(const ObjectAddress&)>& goes) {
    std::vector<ObjectAddress> gone;
    for (const auto& [address, object] : found_.objects()) {
      if (goes(address)) gone.push_back(address);
    }
    for (const ObjectAddress& address : gone) found_.Remove(address);
  }

  void RemoveLedger() {
    const std::size_t dot = options_.ledger_table.find('.');
    const schema::QualifiedName name = dot == std::string::npos
                                           ? schema::QualifiedName{"public", options_.ledger_table}
                                           : schema::QualifiedName{options_.ledger_table.substr(0, dot),
                                                                   options_.ledger_table.substr(dot + 1)};
    if (wanted_.FindTable(name) != nullptr) return;
    RemoveIf([&](const ObjectAddress& address) {
      return address.qualified() == name &&
             (address.kind == ObjectKind::Table || schema::IsTablePart(address.kind));
    });
  }

  void RemoveOtherSchemas() {
    std::set<std::string> known{"", "public"};
    for (const auto& [address, object] : wanted_.objects())
      known.insert(address.kind == ObjectKind::Schema ? address.name : address.schema);
    RemoveIf([&](const ObjectAddress& address) {
      const std::string& name = address.kind == ObjectKind::Schema ? address.name : address.schema;
      if (known.contains(name)) return false;
      notes_.insert(fmt::format("schema {}, of which no revision speaks", name));
      return true;
    });
  }

  void RemoveOtherExtensions() {
    RemoveIf([&](const ObjectAddress& address) {
      if (address.kind != ObjectKind::Extension || wanted_.Has(address)) return false;
      notes_.insert(fmt::format("extension {}, of which no revision speaks", address.name));
      return true;
    });
    for (const auto& [address, object] : wanted_.objects()) {
      auto* extension = found_.GetMutable<schema::Extension>(address);
      if (extension == nullptr) continue;
      const auto& told = std::get<schema::Extension>(object);
      if (told.schema.empty()) extension->schema.clear();
      if (!told.version.empty()) notes_.insert(fmt::format("the version of extension {}", told.name));
      extension->version = told.version;
      extension->comment = told.comment;
    }
  }

  // What the database has no word for.
  void TakeOver() {
    std::vector<schema::Object> taken;
    for (const auto& [address, object] : wanted_.objects()) {
      if (const auto* schema = std::get_if<schema::Schema>(&object)) {
        if (auto* other = found_.GetMutable<schema::Schema>(address))
          other->is_template = schema->is_template;
      }
      if (address.kind == ObjectKind::SeedRow) {
        notes_.insert(fmt::format("the rows of {}", SqlName(schema::TableOf(address))));
        if (found_.Has(schema::TableOf(address))) taken.push_back(object);
      }
      if (address.kind == ObjectKind::Raw && options_.no_raw) {
        notes_.insert(address.name);
        taken.push_back(object);
      }
    }
    for (schema::Object& object : taken) found_.Put(std::move(object));
  }

  static void Keep(Rare<schema::Privileges>& found, const schema::Privileges& wanted,
                   const schema::Privileges& builtin) {
    const auto is_other = [&](const schema::Privilege& privilege) {
      return !wanted.contains(privilege) && !builtin.contains(privilege);
    };
    if (schema::Privileges* held = found.Held()) std::erase_if(*held, is_other);
  }

  void RemoveOtherGrants() {
    RemoveIf([&](const ObjectAddress& address) {
      return address.kind == ObjectKind::DefaultPrivileges && !wanted_.Has(address);
    });
    const schema::Privileges none;
    std::vector<ObjectAddress> all;
    for (const auto& [address, object] : found_.objects()) all.push_back(address);
    for (const ObjectAddress& address : all) {
      const schema::Object* wanted = wanted_.Find(address);
      if (wanted == nullptr) continue;
      schema::Object& object = *found_.FindMutable(address);
      Keep(schema::BaseOf(object).privileges, schema::BaseOf(*wanted).privileges,
           schema::BuiltinPrivileges(address.kind));
      auto* table = std::get_if<schema::Table>(&object);
      const auto* other = std::get_if<schema::Table>(wanted);
      if (table == nullptr || other == nullptr) continue;
      for (schema::Column& column : table->columns) {
        const schema::Column* told = other->FindColumn(column.name);
        Keep(column.privileges, told == nullptr ? none : *told->privileges, none);
        if (!column.identity) continue;
        const bool has_told = told != nullptr && told->identity;
        Keep(column.identity->privileges, has_told ? *told->identity->privileges : none, none);
      }
    }
  }

  schema::Catalog& found_;
  const schema::Catalog& wanted_;
  const ComparableOptions& options_;
  std::set<std::string> notes_;
};

}  // namespace

std::vector<std::string> MakeComparable(schema::Catalog& found, const schema::Catalog& wanted,
                                        const ComparableOptions& options) {
  return Comparable(found, wanted, options).Run();
}

}  // namespace schemac
