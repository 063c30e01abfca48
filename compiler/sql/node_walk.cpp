#include "compiler/sql/node_walk.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace schemac::sql {
namespace {

template <typename T>
T Read(const void* member) {
  T value{};
  std::memcpy(&value, member, sizeof(T));
  return value;
}

std::size_t SizeOf(ProtobufCType type) {
  switch (type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
      return 8;
    case PROTOBUF_C_TYPE_BOOL:
      return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
      return sizeof(void*);
    case PROTOBUF_C_TYPE_BYTES:
      return sizeof(ProtobufCBinaryData);
    default:
      return 4;
  }
}

// proto3 scalars have no presence: zero is not set.
bool IsSet(const ProtobufCFieldDescriptor& field, const void* member) {
  switch (field.type) {
    case PROTOBUF_C_TYPE_MESSAGE:
      return Read<const void*>(member) != nullptr;
    case PROTOBUF_C_TYPE_STRING: {
      const char* text = Read<const char*>(member);
      return text != nullptr && *text != '\0';
    }
    default: {
      const std::size_t size = SizeOf(field.type);
      const auto* bytes = static_cast<const unsigned char*>(member);
      return std::any_of(bytes, bytes + size, [](unsigned char byte) { return byte != 0; });
    }
  }
}

}  // namespace

void ForEachField(const ProtobufCMessage& message, const std::function<void(const NodeField&)>& visit) {
  const auto* base = reinterpret_cast<const char*>(&message);
  for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = message.descriptor->fields[i];
    const void* member = base + field.offset;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      const auto count = Read<std::size_t>(base + field.quantifier_offset);
      const auto* elements = Read<const char*>(member);
      for (std::size_t k = 0; k < count; ++k) visit({&field, elements + k * SizeOf(field.type)});
      continue;
    }
    const bool one_of = (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
    if (one_of && Read<std::uint32_t>(base + field.quantifier_offset) != field.id) continue;
    if (one_of || IsSet(field, member)) visit({&field, member});
  }
}

const ProtobufCMessage* ChildOf(const NodeField& field) {
  if (field.descriptor->type != PROTOBUF_C_TYPE_MESSAGE) return nullptr;
  return Read<const ProtobufCMessage*>(field.member);
}

bool IsLocation(const ProtobufCFieldDescriptor& field) {
  const std::string_view name = field.name;
  return name == "location" || name == "stmt_location" || name == "stmt_len" || name == "name_location";
}

std::string ScalarText(const NodeField& field) {
  switch (field.descriptor->type) {
    case PROTOBUF_C_TYPE_STRING: {
      const char* text = Read<const char*>(field.member);
      return text == nullptr ? "" : text;
    }
    case PROTOBUF_C_TYPE_BOOL:
      return Read<protobuf_c_boolean>(field.member) != 0 ? "true" : "false";
    case PROTOBUF_C_TYPE_ENUM: {
      const auto* type = static_cast<const ProtobufCEnumDescriptor*>(field.descriptor->descriptor);
      const ProtobufCEnumValue* value = protobuf_c_enum_descriptor_get_value(type, Read<int>(field.member));
      return value == nullptr ? "?" : value->name;
    }
    case PROTOBUF_C_TYPE_MESSAGE:
    case PROTOBUF_C_TYPE_BYTES:
      return "";
    default:
      return SizeOf(field.descriptor->type) == 8 ? std::to_string(Read<std::int64_t>(field.member))
                                                 : std::to_string(Read<std::int32_t>(field.member));
  }
}

std::string DumpTree(const ProtobufCMessage& message) {
  std::string text = "(";
  text += message.descriptor->short_name;
  ForEachField(message, [&](const NodeField& field) {
    if (IsLocation(*field.descriptor)) return;
    text += ' ';
    text += field.descriptor->name;
    text += '=';
    const ProtobufCMessage* child = ChildOf(field);
    text += child != nullptr ? DumpTree(*child)
                             : std::to_string(ScalarText(field).size()) + ":" + ScalarText(field);
  });
  return text + ")";
}

bool SameTree(const ProtobufCMessage& left, const ProtobufCMessage& right) {
  return left.descriptor == right.descriptor && DumpTree(left) == DumpTree(right);
}

LocationRange LocationsOf(const ProtobufCMessage& message) {
  LocationRange range;
  ForEachField(message, [&](const NodeField& field) {
    LocationRange inner;
    if (const ProtobufCMessage* child = ChildOf(field)) {
      inner = LocationsOf(*child);
    } else if (IsLocation(*field.descriptor) && std::string_view(field.descriptor->name) != "stmt_len") {
      const auto location = Read<std::int32_t>(field.member);
      if (location > 0) inner.first = inner.last = static_cast<std::size_t>(location);
    }
    if (inner.last == 0) return;
    range.first = range.last == 0 ? inner.first : std::min(range.first, inner.first);
    range.last = std::max(range.last, inner.last);
  });
  return range;
}

}  // namespace schemac::sql
