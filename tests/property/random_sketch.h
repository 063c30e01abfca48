// Random sketches, and random changes of one.
#pragma once

#include <random>

#include "tests/property/sketch.h"

namespace schemac::testing {

class RandomSketches {
 public:
  explicit RandomSketches(std::uint64_t seed) : engine_(seed) {}

  Sketch Make();
  // Another sketch that came out of `from` by changes of every kind.
  Sketch Change(const Sketch& from);

 private:
  std::size_t Below(std::size_t limit) { return limit == 0 ? 0 : engine_() % limit; }
  int Number(int limit) { return static_cast<int>(Below(static_cast<std::size_t>(limit))); }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <typename T>
  T* Any(std::vector<T>& all) {
    return all.empty() ? nullptr : &all[Below(all.size())];
  }
  template <typename T>
  void RemoveAny(std::vector<T>& all) {
    if (!all.empty()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(Below(all.size())));
  }
  std::string Name();
  // Gives a new thing its id, its name and perhaps a comment.
  template <typename T>
  T New(bool may_be_unnamed = false);
  Id AnySchema(const Sketch& sketch);
  SketchType RandomType(const Sketch& sketch);
  Id AnyColumn(const Sketch& sketch, Id relation);

  void Grow(Sketch& sketch);
  void AddDefaults(Sketch& sketch);
  void AddType(Sketch& sketch);
  void AddTable(Sketch& sketch);
  void AddColumn(Sketch& sketch, SketchTable& table);
  void AddPart(Sketch& sketch, SketchTable& table);
  void AddLink(Sketch& sketch);
  void AddView(Sketch& sketch);
  void FillColumn(Sketch& sketch, const SketchTable& table, SketchColumn& column);
  void ChangeOne(Sketch& sketch);
  void ChangeType(Sketch& sketch);
  void ChangeTable(Sketch& sketch);
  void ChangeColumn(Sketch& sketch, SketchTable& table);
  void ChangePart(SketchTable& table);
  void ChangeView(Sketch& sketch);
  void RenameOne(Sketch& sketch);
  void DropOne(Sketch& sketch);

  std::mt19937_64 engine_;
  Id last_id_ = 0;
};

// Takes away what refers to something that is gone or no longer fits, and makes names unique.
void Repair(Sketch& sketch);

}  // namespace schemac::testing
