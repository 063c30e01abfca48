// Shared by the files that make facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/sql/server_text.h"
#include "compiler/verify/facts.h"

namespace schemac::verify {

// Collects the facts of one object.
class FactWriter {
 public:
  FactWriter(const schema::ObjectAddress& address, Facts& facts) : key_(ObjectKey(address)), facts_(facts) {}

  void Is(std::string value) { Has("", std::move(value)); }
  void Has(std::string aspect, std::string value) {
    facts_.facts.push_back({key_, std::move(aspect), std::move(value)});
  }
  // An expression, when all servers show it alike.
  void HasExpression(const char* aspect, const Boxed<schema::Expression>& expression,
                     const std::optional<schema::Type>& type = {}) {
    const auto text = expression ? sql::ServerText(*expression, type) : std::optional<std::string>("");
    if (text) {
      Has(aspect, *text);
    } else {
      DoesNotCompare(aspect);
    }
  }
  void HasBase(const schema::ObjectBase& base, const schema::Privileges& builtin) {
    Has("comment", base.comment);
    HasPrivileges(base.privileges, builtin);
  }
  // What else was granted is the server's business: platforms grant to roles of their own.
  void HasPrivileges(const schema::Privileges& privileges, const schema::Privileges& builtin);
  void DoesNotCompare(std::string_view what) {
    facts_.not_compared.push_back("the " + std::string(what) + " of " + key_);
  }

 private:
  std::string key_;
  Facts& facts_;
};

// A type without regard to any search path: `numeric(10,2)`, `app.status[]`.
std::string TypeText(const schema::Type& type);
// `app.users`.
std::string DottedName(const schema::QualifiedName& name);

// facts_table.cpp: the parts of tables.
void AddTable(const schema::Table& table, Facts& facts);
void AddConstraint(const schema::Constraint& constraint, Facts& facts);
void AddIndex(const schema::Index& index, Facts& facts);
void AddTrigger(const schema::Trigger& trigger, Facts& facts);
void AddPolicy(const schema::Policy& policy, Facts& facts);

}  // namespace schemac::verify
