// Random catalogs with objects of every kind and names of the worst sort, and random ways to change them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac::schema {

class RandomCatalogs {
 public:
  explicit RandomCatalogs(std::uint64_t seed) : engine_(seed) {}

  Catalog Make();
  // Another catalog that came out of `from` by renames, which `intent` receives, and by other changes.
  Catalog Change(const Catalog& from, Intent& intent);

 private:
  std::size_t Below(std::size_t limit) { return limit == 0 ? 0 : engine_() % limit; }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  std::string Name();
  std::string SchemaName(const Catalog& catalog);
  Type RandomType(const Catalog& catalog);
  template <typename T>
  std::vector<const T*> All(const Catalog& catalog) const;
  const Table* AnyTable(const Catalog& catalog);
  ObjectAddress ColumnOf(const Table& table);

  void AddSome(Catalog& catalog);
  void AddType(Catalog& catalog);
  void AddTable(Catalog& catalog);
  void AddPart(Catalog& catalog);
  void AddConstraintTo(Catalog& catalog, const Table& table);
  void AddRoutineOrView(Catalog& catalog);
  void AddGlobal(Catalog& catalog);
  Column RandomColumn(Catalog& catalog, const QualifiedName& table);
  void ChangeOne(Catalog& catalog);
  void ChangeColumns(Catalog& catalog);
  void Rename(Catalog& catalog, const Catalog& from, Intent& intent);

  std::mt19937_64 engine_;
};

}  // namespace schemac::schema
