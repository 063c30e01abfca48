// The online profile: a pass over the units of a plan, before they are put in order. Where a step would keep
// others from a table that is in use while its rows are read, it gives it the form that does not: several
// steps, each in a transaction of its own or outside of one (docs/online.md tells which). What has no such
// form stays as it is. Internal to compiler/plan.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/plan/work.h"

namespace schemac::plan {

void MakeOnline(Work& work);

// The pass's desk.
class OnlineWork {
 public:
  explicit OnlineWork(Work& work) : work_(work) {}

  [[nodiscard]] Work& work() { return work_; }
  [[nodiscard]] const Work& work() const { return work_; }

  // Whether the table or materialized view is there before and stays: others use it, and it may be large.
  [[nodiscard]] bool IsInUse(const schema::QualifiedName& relation) const;
  // Whether it has partitions, before or after: their indexes and keys are made through it.
  [[nodiscard]] bool IsPartitioned(const schema::QualifiedName& table) const;
  // Partitions and inheriting tables, before and after, at any depth.
  [[nodiscard]] std::set<schema::QualifiedName> DescendantsOf(const schema::QualifiedName& table) const;
  // Whether nothing that the object is built on goes or gets another type: then it may go late.
  [[nodiscard]] bool IsCalm(const schema::Object& object) const;
  // Whether the table's replica identity or clustering names the index, before or after.
  [[nodiscard]] bool IsChosen(const schema::QualifiedName& table, const std::string& index) const;

  // A name for what comes and goes within the plan: free before, after, and among such names.
  std::string FormerName(const schema::QualifiedName& table, const std::string& of);
  std::string CheckName(const schema::QualifiedName& table, const std::string& column);

  // A unit with the claims of another and no steps: it comes after what that one comes after.
  std::size_t AddLike(std::size_t unit);
  // A unit after `unit` that has its transaction for itself.
  std::size_t AddApart(std::size_t unit, std::vector<Step> steps);
  // What `unit` had to come before, `last` comes before as well.
  void TakeOver(std::size_t unit, std::size_t last);

  // The units that prove that columns of one table hold no NULL, by what they do.
  struct Proofs {
    std::vector<std::size_t> checks;  // Add the check, where it has to wait for the values.
    std::vector<std::size_t> validations;
    std::vector<std::size_t> demands;  // SET NOT NULL, and the check goes.
  };
  // Of columns whose values do not depend on one another.
  [[nodiscard]] Proofs& ProofsOf(const schema::QualifiedName& table) { return proofs_[table]; }
  // online_shared.cpp: lets the columns of a table share those units, where an order of all remains.
  void ShareParts();

 private:
  Work& work_;
  std::map<schema::QualifiedName, Proofs> proofs_;
  std::set<std::string> names_;
};

// online_indexes.cpp: indexes and keys concurrently.
void MakeIndexOnline(OnlineWork& online, const schema::ObjectAddress& index, const ObjectFate& fate);
void MakeKeyOnline(OnlineWork& online, const schema::ObjectAddress& key, const ObjectFate& fate);
// Whether the copy comes with the object of a parent, at any depth.
bool ComesWith(const Work& work, schema::ObjectAddress copy, const schema::ObjectAddress& object);
// Makes the unit build the index concurrently.
void BuildConcurrently(Work& work, std::size_t unit, const schema::Index& index);
// online_partitions.cpp: keys and foreign keys of a partitioned table, by way of its partitions'. `made` is
// the unit that adds the table's.
void MakeKeyOfPartitionsOnline(OnlineWork& online, const schema::ObjectAddress& key, const ObjectFate& fate,
                               std::size_t made);
void MakeForeignKeyOfPartitionsOnline(OnlineWork& online, const schema::Constraint& key, std::size_t made);
// online.cpp: checks and foreign keys validated later.
void ValidateLater(OnlineWork& online, const schema::ObjectAddress& rule,
                   const schema::Constraint& constraint);
// online_columns.cpp: values a few pages at a time, NOT NULL by way of a check.
void MakeColumnOnline(OnlineWork& online, const schema::ObjectAddress& column, const ColumnFate& fate);

}  // namespace schemac::plan
