// Comments and privileges. PostgreSQL gives new objects privileges by itself (manual, 5.7 and ALTER DEFAULT
// PRIVILEGES); what is said here is the difference.
#include <algorithm>
#include <iterator>

#include "compiler/plan/work.h"
#include "schema/default_privileges.h"

namespace schemac::plan {
namespace {

using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Privilege;
using schema::Privileges;

void AddGrant(std::vector<Step>& steps, const Object& owner, const ObjectAddress& address,
              const Privileges& privileges) {
  if (privileges.empty()) return;
  steps.push_back(MakeStep(Grant{address, owner, {privileges.begin(), privileges.end()}}, address));
}

void AddRevoke(std::vector<Step>& steps, const Object& owner, const ObjectAddress& address,
               const Privileges& privileges) {
  if (privileges.empty()) return;
  steps.push_back(MakeStep(Revoke{address, owner, {privileges.begin(), privileges.end()}}, address));
}

struct Initial {
  Privileges certain;   // What a new object has, whoever runs the script.
  Privileges possible;  // What it may have besides, when the script is run by a role with default privileges
                        // of its own.
};

// Default privileges count as they are before the plan: MakePlan changes them last.
Initial InitialPrivileges(const Work& work, const ObjectAddress& address) {
  Initial initial{schema::BuiltinPrivileges(address.kind), {}};
  const std::string on(schema::DefaultPrivilegesClass(address.kind));
  const auto first = work.source.objects().lower_bound({ObjectKind::DefaultPrivileges, "", "", ""});
  for (auto entry = first; entry != work.source.objects().end(); ++entry) {
    if (entry->first.kind != ObjectKind::DefaultPrivileges) break;
    const auto& defaults = std::get<schema::DefaultPrivileges>(entry->second);
    if (defaults.on != on || (!defaults.schema.empty() && defaults.schema != address.schema)) continue;
    if (defaults.role.empty()) {
      for (const Privilege& revoked : defaults.revoked) initial.certain.erase(revoked);
      initial.certain.insert(defaults.privileges.begin(), defaults.privileges.end());
      continue;
    }
    // What it grants itself it has as the owner, and must not lose.
    std::copy_if(defaults.privileges.begin(), defaults.privileges.end(),
                 std::inserter(initial.possible, initial.possible.end()),
                 [&](const Privilege& privilege) { return privilege.grantee != defaults.role; });
    for (const Privilege& revoked : defaults.revoked) {
      initial.certain.erase(revoked);
      initial.possible.insert(revoked);
    }
  }
  std::erase_if(initial.certain,
                [](const Privilege& privilege) { return privilege.grantee == schema::kRunner; });
  initial.possible.insert(initial.certain.begin(), initial.certain.end());
  return initial;
}

// What of `left` is not in `right`.
Privileges Without(const Privileges& left, const Privileges& right) {
  Privileges result;
  std::set_difference(left.begin(), left.end(), right.begin(), right.end(),
                      std::inserter(result, result.end()));
  return result;
}

// REVOKE takes the grant option along, GRANT … WITH GRANT OPTION adds it to what is there.
Privileges ToRevoke(const Privileges& before, const Privileges& after) {
  Privileges result = Without(before, after);
  std::erase_if(result, [&](const Privilege& privilege) {
    return !privilege.grantable && after.contains({privilege.grantee, privilege.privilege, true});
  });
  return result;
}

// REVOKE on a relation takes the same from its columns (aclchk.c, ExecGrant_Relation): what a column keeps is
// given back.
void GiveBack(std::vector<Step>& steps, const Object& owner, const ObjectAddress& column,
              const Privileges& revoked, const Privileges& kept) {
  Privileges lost;
  for (const Privilege& privilege : kept) {
    const bool taken = std::any_of(revoked.begin(), revoked.end(), [&](const Privilege& one) {
      return one.grantee == privilege.grantee && one.privilege == privilege.privilege;
    });
    if (taken) lost.insert(privilege);
  }
  AddGrant(steps, owner, column, lost);
}

void AddComment(std::vector<Step>& steps, const Object& owner, const ObjectAddress& address,
                const std::string& before, const std::string& after) {
  if (before != after) steps.push_back(MakeStep(SetComment{address, owner, after}, address));
}

template <typename Map>
std::vector<std::string> Keys(const Map& left, const Map& right) {
  std::vector<std::string> keys;
  for (const auto& entry : left) keys.push_back(entry.first);
  for (const auto& entry : right) keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

template <typename Map>
typename Map::mapped_type Get(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type{} : found->second;
}

// The columns of a view; `before` is empty for a new one.
std::vector<Step> ViewColumnRemarks(const schema::View& before, const schema::View& after) {
  std::vector<Step> steps;
  const auto add = [&](const std::string& column, bool comments) {
    const ObjectAddress address = ColumnAddress(after.name, column);
    if (comments) {
      AddComment(steps, after, address, Get(*before.column_comments, column),
                 Get(*after.column_comments, column));
      return;
    }
    const Privileges had = Get(*before.column_privileges, column);
    const Privileges has = Get(*after.column_privileges, column);
    AddRevoke(steps, after, address, ToRevoke(had, has));
    AddGrant(steps, after, address, Without(has, had));
  };
  for (const std::string& column : Keys(before.column_comments, after.column_comments)) add(column, true);
  for (const std::string& column : Keys(before.column_privileges, after.column_privileges))
    add(column, false);
  return steps;
}

// The hidden sequence of an identity column groups with its table.
std::vector<Step> AboutTable(const schema::QualifiedName& table, std::vector<Step> steps) {
  for (Step& step : steps) step.subject = TableAddress(table);
  return steps;
}

}  // namespace

std::vector<Step> RemarkChanges(const Object& owner, const ObjectAddress& address,
                                const std::string& comment_before, const std::string& comment_after,
                                const Privileges& before, const Privileges& after) {
  std::vector<Step> steps;
  AddComment(steps, owner, address, comment_before, comment_after);
  AddRevoke(steps, owner, address, ToRevoke(before, after));
  AddGrant(steps, owner, address, Without(after, before));
  return steps;
}

std::vector<Step> RemarkChanges(const Object& before, const Object& after) {
  const ObjectAddress address = AddressOf(after);
  if (address.kind == ObjectKind::DefaultPrivileges) return {};  // Their privileges are what they are.
  const schema::ObjectBase& had = schema::BaseOf(before);
  const schema::ObjectBase& has = schema::BaseOf(after);
  std::vector<Step> steps =
      RemarkChanges(after, address, had.comment, has.comment, had.privileges, has.privileges);
  const Privileges revoked = ToRevoke(had.privileges, has.privileges);
  if (const auto* view = std::get_if<schema::View>(&after)) {
    for (const auto& [column, privileges] : view->column_privileges)
      GiveBack(steps, after, ColumnAddress(view->name, column), revoked, privileges);
    Append(steps, ViewColumnRemarks(std::get<schema::View>(before), *view));
  }
  if (const auto* table = std::get_if<schema::Table>(&after)) {
    const auto& former = std::get<schema::Table>(before);
    for (const schema::Column& column : table->columns) {
      if (former.FindColumn(column.name) == nullptr) continue;
      GiveBack(steps, after, ColumnAddress(table->name, column.name), revoked, column.privileges);
    }
  }
  return steps;
}

std::vector<Step> RemarksOfNew(const Work& work, const Object& object) {
  const ObjectAddress address = AddressOf(object);
  if (address.kind == ObjectKind::DefaultPrivileges) return {};
  const schema::ObjectBase& base = schema::BaseOf(object);
  const Initial initial = InitialPrivileges(work, address);
  std::vector<Step> steps;
  AddComment(steps, object, address, "", base.comment);
  AddRevoke(steps, object, address, ToRevoke(initial.possible, base.privileges));
  AddGrant(steps, object, address, Without(base.privileges, initial.certain));
  if (const auto* view = std::get_if<schema::View>(&object)) {
    Append(steps, ViewColumnRemarks(schema::View{}, *view));
  }
  if (const auto* table = std::get_if<schema::Table>(&object)) {
    for (const schema::Column& column : table->columns) {
      Append(steps, RemarksOfNewColumn(work, object, column));
    }
  }
  return steps;
}

std::vector<Step> RemarksOfNewColumn(const Work& work, const Object& owner, const schema::Column& column) {
  const schema::QualifiedName& table = std::get<schema::Table>(owner).name;
  std::vector<Step> steps =
      RemarkChanges(owner, ColumnAddress(table, column.name), "", column.comment, {}, column.privileges);
  if (column.identity) Append(steps, RemarksOfNewIdentity(work, table, column));
  return steps;
}

std::vector<Step> RemarksOfNewIdentity(const Work& work, const schema::QualifiedName& table,
                                       const schema::Column& column) {
  return AboutTable(table, RemarksOfNew(work, HiddenSequence(table, column)));
}

std::vector<Step> IdentityRemarkChanges(const schema::QualifiedName& table, const schema::Column& before,
                                        const schema::Column& after) {
  return AboutTable(table, RemarkChanges(HiddenSequence(table, before), HiddenSequence(table, after)));
}

}  // namespace schemac::plan
