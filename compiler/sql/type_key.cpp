#include "compiler/sql/type_key.h"

#include <algorithm>

#include "compiler/sql/facts.h"

namespace schemac::sql {
namespace {

constexpr std::size_t kMaxDomainDepth = 32;

bool EndsWithBrackets(std::string_view key) { return key.size() > 2 && key.substr(key.size() - 2) == "[]"; }

}  // namespace

TypeKey KeyOf(const schema::Type& type) {
  if (type.schema.empty()) {
    if (const TypeFact* fact = FindTypeFactByFormat(type.name)) {
      return type.array ? ArrayOf(fact->name) : TypeKey(fact->name);
    }
  }
  TypeKey key = type.schema + '\x02' + type.name;
  if (type.array) key += "[]";
  return key;
}

schema::Type TypeOf(std::string_view key, std::string_view modifiers) {
  schema::Type type;
  type.modifiers = std::string(modifiers);
  const TypeKey element = ElementOf(key);
  const std::string_view base = element.empty() ? key : std::string_view(element);
  type.array = !element.empty();
  const std::size_t separator = base.find('\x02');
  if (separator == std::string_view::npos) {
    const TypeFact* fact = FindTypeFact(base);
    type.name = fact == nullptr ? base : fact->format;
  } else {
    type.schema = base.substr(0, separator);
    type.name = base.substr(separator + 1);
  }
  return type;
}

TypeKey ElementOf(std::string_view key) {
  if (IsUserKey(key)) return EndsWithBrackets(key) ? TypeKey(key.substr(0, key.size() - 2)) : TypeKey();
  const TypeFact* fact = FindTypeFact(key);
  return fact != nullptr && fact->category == 'A' ? TypeKey(fact->element) : TypeKey();
}

TypeKey ArrayOf(std::string_view key) {
  if (key.empty()) return {};
  if (IsUserKey(key)) return EndsWithBrackets(key) ? TypeKey(key) : TypeKey(key) + "[]";
  if (!ElementOf(key).empty()) return TypeKey(key);
  TypeKey array = "_" + TypeKey(key);
  return FindTypeFact(array) == nullptr ? TypeKey() : array;
}

bool IsPolymorphic(std::string_view key) {
  return key.substr(0, 3) == "any" && key != "any" && FindTypeFact(key) != nullptr;
}

const schema::Object* TypeSystem::Find(const TypeKey& key) const {
  if (catalog_ == nullptr || !IsUserKey(key) || EndsWithBrackets(key)) return nullptr;
  const schema::Type type = TypeOf(key);
  const auto address = catalog_->FindType({type.schema, type.name});
  return address ? catalog_->Find(*address) : nullptr;
}

TypeKey TypeSystem::Base(const TypeKey& key, std::string* modifiers) const {
  TypeKey current = key;
  for (std::size_t depth = 0; depth < kMaxDomainDepth; ++depth) {
    const schema::Object* object = Find(current);
    const auto* domain = object == nullptr ? nullptr : std::get_if<schema::Domain>(object);
    if (domain == nullptr) break;
    current = KeyOf(domain->type);
    if (modifiers != nullptr) *modifiers = domain->type.modifiers;
  }
  return current;
}

char TypeSystem::Category(const TypeKey& key) const {
  const TypeKey base = Base(key);
  if (const TypeFact* fact = FindTypeFact(base)) return fact->category;
  if (IsArrayKey(base)) return 'A';
  const schema::Object* object = Find(base);
  if (object == nullptr)
    return base.ends_with(
               "\x02"
               "citext")
               ? 'S'
               : 'U';
  if (std::holds_alternative<schema::Enum>(*object)) return 'E';
  if (std::holds_alternative<schema::Range>(*object)) return 'R';
  return 'C';
}

bool TypeSystem::IsPreferred(const TypeKey& key) const {
  const TypeFact* fact = FindTypeFact(key);
  return fact != nullptr && fact->preferred;
}

bool TypeSystem::IsEnum(const TypeKey& key) const {
  const schema::Object* object = Find(key);
  return object != nullptr && std::holds_alternative<schema::Enum>(*object);
}

TypeKey TypeSystem::RangeElement(const TypeKey& key) const {
  if (const TypeFact* fact = FindTypeFact(key)) {
    return fact->kind == 'r' || fact->kind == 'm' ? TypeKey(fact->element) : TypeKey();
  }
  const schema::Object* object = Find(key);
  const auto* range = object == nullptr ? nullptr : std::get_if<schema::Range>(object);
  return range == nullptr ? TypeKey() : KeyOf(range->subtype);
}

bool TypeSystem::IsKnown(const TypeKey& key) const {
  if (key.empty()) return false;
  const TypeKey element = ElementOf(key);
  const TypeKey& base = element.empty() ? key : element;
  return !IsUserKey(base) || Find(base) != nullptr;
}

bool TypeSystem::CanCoerce(const TypeKey& from, const TypeKey& to) const {
  if (from == to || to == "any" || from == kUnknown || from.empty() || to.empty()) return true;
  if (IsPolymorphic(to)) {
    const TypeKey base = Base(from);
    if (to == "anyarray" || to == "anycompatiblearray") return IsArrayKey(base);
    if (to == "anyenum") return IsEnum(base);
    if (to == "anyrange" || to == "anycompatiblerange")
      return Category(base) == 'R' && !base.ends_with("multirange");
    if (to == "anymultirange" || to == "anycompatiblemultirange") return base.ends_with("multirange");
    if (to == "anynonarray" || to == "anycompatiblenonarray") return !IsArrayKey(base);
    return true;
  }
  const TypeKey base = Base(from);
  if (base == to) return true;
  if (to == "record") return Category(base) == 'C';
  if (const CastFact* cast = FindCastFact(base, to)) return cast->context == 'i';
  const TypeKey from_element = ElementOf(base);
  const TypeKey to_element = ElementOf(to);
  if (!from_element.empty() && !to_element.empty()) return CanCoerce(from_element, to_element);
  // An extension's type may have casts that we do not know; citext is the one that everybody uses.
  return base.ends_with(
             "\x02"
             "citext") &&
         (to == "text" || to == "varchar");
}

TypeKey TypeSystem::CommonType(const std::vector<TypeKey>& keys) const {
  if (keys.empty()) return "text";
  if (std::any_of(keys.begin(), keys.end(), [](const TypeKey& key) { return key.empty(); })) return {};
  if (keys.front() != kUnknown &&
      std::all_of(keys.begin(), keys.end(), [&](const TypeKey& key) { return key == keys.front(); })) {
    return keys.front();
  }
  TypeKey common(kUnknown);
  for (const TypeKey& key : keys) {
    const TypeKey next = Base(key);
    if (next == kUnknown || next == common) continue;
    if (common == kUnknown) {
      common = next;
    } else if (Category(next) != Category(common)) {
      return {};
    } else if (!IsPreferred(common) && CanCoerce(common, next) && !CanCoerce(next, common)) {
      common = next;
    }
  }
  return common == kUnknown ? "text" : common;
}

}  // namespace schemac::sql
